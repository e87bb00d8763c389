/**
 * Owns the callers' door: the WebFlux controller, problem+json, and writing an answer to a caller.
 *
 * <p>It must never decide about caching or talk to an origin.
 */
@NullMarked
package dev.holdfast.web;

import org.jspecify.annotations.NullMarked;
