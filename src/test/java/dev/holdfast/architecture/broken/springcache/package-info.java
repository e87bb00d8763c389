/** Breaks the rules of the room {@code springcache}. */
@NullMarked
package dev.holdfast.architecture.broken.springcache;

import org.jspecify.annotations.NullMarked;
