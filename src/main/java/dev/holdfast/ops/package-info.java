/**
 * Owns what an operator sees: meters, Actuator endpoints, health.
 *
 * <p>It must never change what it observes.
 */
@NullMarked
package dev.holdfast.ops;

import org.jspecify.annotations.NullMarked;
