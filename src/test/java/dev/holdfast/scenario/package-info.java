/**
 * Owns the scenarios, one story per file over real sockets, and the kit that they are told with: a
 * scripted origin, raw callers, gates.
 *
 * <p>The kit must never use the code under test.
 */
@NullMarked
package dev.holdfast.scenario;

import org.jspecify.annotations.NullMarked;
