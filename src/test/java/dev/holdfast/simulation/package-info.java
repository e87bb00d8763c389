/**
 * Owns the simulation: the service, the fills, the store and the guards as they are, in random
 * schedules over virtual time on one thread, and the seven laws checked after every step.
 *
 * <p>It must never draw a choice from anything but the schedule's seed.
 */
@NullMarked
package dev.holdfast.simulation;

import org.jspecify.annotations.NullMarked;
