/**
 * Owns what the tests of several rooms share: the running service, leak detection, executors and
 * time by hand.
 *
 * <p>It must never assert what one room promises.
 */
@NullMarked
package dev.holdfast.testing;

import org.jspecify.annotations.NullMarked;
