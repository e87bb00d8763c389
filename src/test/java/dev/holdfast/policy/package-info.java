/** Tables of RFC 9111's decisions, one per type. */
@NullMarked
package dev.holdfast.policy;

import org.jspecify.annotations.NullMarked;
