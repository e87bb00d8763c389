/** Breaks the rules of the room {@code ops}. */
@NullMarked
package dev.holdfast.architecture.broken.ops;

import org.jspecify.annotations.NullMarked;
