package dev.holdfast.fill;

import java.time.Duration;

/**
 * One fill that runs now, as an operator sees it.
 *
 * @param path the path at the origin, without the query
 * @param age since it was asked for
 * @param callers attached now
 * @param bytes of the body, received so far
 * @param state {@code queued} until it is let in to the origin, {@code waiting} for the head,
 *     {@code storing}, or {@code passing} the body on
 */
public record RunningFill(
    String origin, String path, Duration age, int callers, long bytes, String state) {}
