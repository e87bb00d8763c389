/** The rules that the rooms keep, and classes that break them. */
@NullMarked
package dev.holdfast.architecture;

import org.jspecify.annotations.NullMarked;
