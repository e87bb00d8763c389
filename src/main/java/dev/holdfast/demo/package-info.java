/**
 * Owns the embedded slow origin of the {@code demo} profile and the naive twin of the story.
 *
 * <p>It must never be reachable outside that profile.
 */
@NullMarked
package dev.holdfast.demo;

import org.jspecify.annotations.NullMarked;
