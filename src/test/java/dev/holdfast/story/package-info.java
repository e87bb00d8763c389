/**
 * The story that the project comes from, told as a table of designs and what each of them loses.
 */
@NullMarked
package dev.holdfast.story;

import org.jspecify.annotations.NullMarked;
