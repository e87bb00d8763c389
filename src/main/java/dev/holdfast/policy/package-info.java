/**
 * Owns RFC 9111's decisions as pure functions of (request, stored response, now): reuse,
 * storability, freshness, Vary.
 *
 * <p>It must never do I/O or read a clock.
 */
@NullMarked
package dev.holdfast.policy;

import org.jspecify.annotations.NullMarked;
