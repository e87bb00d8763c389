/**
 * Owns the tests of meters and endpoints: names, tags and shapes that dashboards rely on.
 *
 * <p>They must never start the service; the scenarios do.
 */
@NullMarked
package dev.holdfast.ops;

import org.jspecify.annotations.NullMarked;
