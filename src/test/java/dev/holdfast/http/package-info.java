/** Tables of HTTP's vocabulary, one per type. */
@NullMarked
package dev.holdfast.http;

import org.jspecify.annotations.NullMarked;
