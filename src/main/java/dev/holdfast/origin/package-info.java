/**
 * Owns the way to an origin: a reactor-netty client and a set of Resilience4j guards for each, a
 * client without guards for its probe, and failures as one sealed type.
 *
 * <p>It must never know that there is a cache.
 */
@NullMarked
package dev.holdfast.origin;

import org.jspecify.annotations.NullMarked;
