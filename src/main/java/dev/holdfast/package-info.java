/**
 * Holds the executable and nothing else.
 *
 * <p>It must never hold logic; each package below is a room that names what it owns.
 */
@NullMarked
package dev.holdfast;

import org.jspecify.annotations.NullMarked;
