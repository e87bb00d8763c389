/**
 * Owns the tests of the store, its fence and the memory of bodies.
 *
 * <p>They must never rely on a time of their own.
 */
@NullMarked
package dev.holdfast.store;

import org.jspecify.annotations.NullMarked;
