/**
 * Owns the spans of fills, and what of a caller's trace goes with a fetch.
 *
 * <p>It must never keep a caller's request, or change what it traces.
 */
@NullMarked
package dev.holdfast.trace;

import org.jspecify.annotations.NullMarked;
