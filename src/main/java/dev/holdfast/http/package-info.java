/**
 * Owns HTTP's vocabulary as immutable values: fields, directives, keys, stored responses, {@code
 * Cache-Status}.
 *
 * <p>It must never know Reactor, Spring beans or the clock.
 */
@NullMarked
package dev.holdfast.http;

import org.jspecify.annotations.NullMarked;
