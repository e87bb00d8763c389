/** Tests of the callers' door, apart from sockets. */
@NullMarked
package dev.holdfast.web;

import org.jspecify.annotations.NullMarked;
