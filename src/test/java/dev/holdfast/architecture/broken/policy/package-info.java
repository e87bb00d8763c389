/** Breaks the rules of the room {@code policy}. */
@NullMarked
package dev.holdfast.architecture.broken.policy;

import org.jspecify.annotations.NullMarked;
