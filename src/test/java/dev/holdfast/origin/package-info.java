@NullMarked
package dev.holdfast.origin;

import org.jspecify.annotations.NullMarked;
