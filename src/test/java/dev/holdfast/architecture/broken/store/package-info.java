/** Breaks the rules of the room {@code store}. */
@NullMarked
package dev.holdfast.architecture.broken.store;

import org.jspecify.annotations.NullMarked;
