/** Breaks the rules of the room {@code service}. */
@NullMarked
package dev.holdfast.architecture.broken.service;

import org.jspecify.annotations.NullMarked;
