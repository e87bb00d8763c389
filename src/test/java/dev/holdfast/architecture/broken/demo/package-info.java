/** Breaks the rules of the room {@code demo}. */
@NullMarked
package dev.holdfast.architecture.broken.demo;

import org.jspecify.annotations.NullMarked;
