/**
 * Owns fills in flight: collapsing, the only subscriptions of the cache's own, the only writes of
 * responses, and every limit on them.
 *
 * <p>It must never answer a caller directly.
 */
@NullMarked
package dev.holdfast.fill;

import org.jspecify.annotations.NullMarked;
