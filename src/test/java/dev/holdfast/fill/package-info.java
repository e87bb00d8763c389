/**
 * Owns the tests of fills: what callers get, what is stored, what is left behind.
 *
 * <p>They must never wait for a time that passes by itself.
 */
@NullMarked
package dev.holdfast.fill;

import org.jspecify.annotations.NullMarked;
