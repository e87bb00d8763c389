/** Tests of the configuration room. */
@NullMarked
package dev.holdfast.config;

import org.jspecify.annotations.NullMarked;
