/** Tests of the demo over real sockets. */
@NullMarked
package dev.holdfast.demo;

import org.jspecify.annotations.NullMarked;
