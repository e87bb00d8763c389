/**
 * Owns the way to an origin: one reactor-netty client and one set of Resilience4j guards per
 * origin, and failures as one sealed type.
 *
 * <p>It must never know that there is a cache.
 */
@NullMarked
package dev.holdfast.origin;

import org.jspecify.annotations.NullMarked;
