package dev.holdfast.origin;

import dev.holdfast.http.ResponseHead;

/**
 * A response whose last byte has come and whose end is verified.
 *
 * @param head what {@link Receiver#head} was called with
 * @param bodyBytes the length of all pieces
 */
public record Arrived(ResponseHead head, long bodyBytes) {}
