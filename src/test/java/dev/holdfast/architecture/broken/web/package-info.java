/** Breaks the rules of the room {@code web}. */
@NullMarked
package dev.holdfast.architecture.broken.web;

import org.jspecify.annotations.NullMarked;
