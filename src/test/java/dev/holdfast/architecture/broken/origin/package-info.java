/** Breaks the rules of the room {@code origin}. */
@NullMarked
package dev.holdfast.architecture.broken.origin;

import org.jspecify.annotations.NullMarked;
