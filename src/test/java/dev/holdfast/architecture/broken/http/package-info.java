/** Breaks the rules of the room {@code http}. */
@NullMarked
package dev.holdfast.architecture.broken.http;

import org.jspecify.annotations.NullMarked;
