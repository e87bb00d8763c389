/**
 * Owns the tests of Spring's cache abstraction over the store.
 *
 * <p>They must never reach past Spring's interfaces, but to set up.
 */
@NullMarked
package dev.holdfast.springcache;

import org.jspecify.annotations.NullMarked;
