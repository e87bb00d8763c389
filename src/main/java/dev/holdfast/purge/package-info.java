/**
 * Owns purges: who may have what made unusable, and how that is done.
 *
 * <p>It must never wait for a fetch, or search for what is stored.
 */
@NullMarked
package dev.holdfast.purge;

import org.jspecify.annotations.NullMarked;
