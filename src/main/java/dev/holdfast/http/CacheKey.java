package dev.holdfast.http;

/**
 * The primary key of a stored response (RFC 9111 §2).
 *
 * @param cache the name of the cache, which is the origin's
 * @param target the origin's path and query for a response; any object with {@code equals} and
 *     {@code hashCode} for what Spring's annotations store
 */
public record CacheKey(String cache, Object target) {}
