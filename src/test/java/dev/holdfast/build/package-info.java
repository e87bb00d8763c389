/**
 * Owns what the build itself demands of tests.
 *
 * <p>It must never know the code under test.
 */
@NullMarked
package dev.holdfast.build;

import org.jspecify.annotations.NullMarked;
