package dev.holdfast.http;

/**
 * The primary key of a stored response (RFC 9111 §2).
 *
 * @param cache the name of the cache, which is the origin's
 * @param target the origin's path and query for a response, as far as they count; any object with
 *     {@code equals} and {@code hashCode} for what Spring's annotations store
 * @param discriminator what keeps responses of one target apart beside their {@code Vary}: header
 *     values and credentials that the configuration makes part of the key; empty for none. An
 *     invalidation of the target reaches all of them.
 */
public record CacheKey(String cache, Object target, String discriminator) {

  /** The key of a target whose responses only {@code Vary} keeps apart. */
  public CacheKey(String cache, Object target) {
    this(cache, target, "");
  }

  /** The key without the discriminator's text, which may hold what is secret. */
  @Override
  public String toString() {
    return cache + " " + target + (discriminator.isEmpty() ? "" : " …");
  }
}
