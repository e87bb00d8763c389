/**
 * Owns the way of one request: look up, decide, serve or join a fill, and the caller's time-out.
 *
 * <p>It must never subscribe or write to the store.
 */
@NullMarked
package dev.holdfast.service;

import org.jspecify.annotations.NullMarked;
