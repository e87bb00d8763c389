package dev.holdfast.http;

/**
 * The head of a caller's request as the cache sees it.
 *
 * @param method the method token, as sent (RFC 9110 §9.1: case-sensitive)
 * @param target the origin's path and query, byte for byte, without the origin's prefix
 * @param fields the end-to-end fields
 * @param version the HTTP version received, as {@code Via} writes it: {@code 1.1}
 */
public record RequestHead(String method, String target, Fields fields, String version) {

  /** Whether the request is one that stored responses answer (RFC 9111 §4). */
  public boolean isGetOrHead() {
    return method.equals("GET") || method.equals("HEAD");
  }

  /** The same request by another method. */
  public RequestHead withMethod(String other) {
    return new RequestHead(other, target, fields, version);
  }

  /** The same request with other fields. */
  public RequestHead withFields(Fields others) {
    return new RequestHead(method, target, others, version);
  }
}
