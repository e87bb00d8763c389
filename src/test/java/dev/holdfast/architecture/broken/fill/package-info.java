/** Breaks the rules of the room {@code fill}. */
@NullMarked
package dev.holdfast.architecture.broken.fill;

import org.jspecify.annotations.NullMarked;
