/** Breaks the rules of the room {@code config}. */
@NullMarked
package dev.holdfast.architecture.broken.config;

import org.jspecify.annotations.NullMarked;
