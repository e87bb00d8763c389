/**
 * Owns Spring's {@code CacheManager} and {@code Cache} as thin adapters over the store and the
 * fills.
 *
 * <p>It must never hold logic.
 */
@NullMarked
package dev.holdfast.springcache;

import org.jspecify.annotations.NullMarked;
