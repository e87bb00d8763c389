/**
 * Owns stored responses over Caffeine, weighed in bytes: variants, the fence, and the memory of
 * bodies.
 *
 * <p>It must never know RFC 9111's rules.
 */
@NullMarked
package dev.holdfast.store;

import org.jspecify.annotations.NullMarked;
