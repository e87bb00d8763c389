package dev.holdfast.http;

import java.util.HashSet;
import java.util.Set;

/** The fields that belong to one connection and are neither forwarded nor stored. */
public final class HopByHop {

  /** RFC 9110 §7.6.1, RFC 9112 §9.6 and RFC 9110 §11.7; {@code Expect} is answered hop by hop. */
  private static final Set<String> NAMES =
      Set.of(
          "connection",
          "keep-alive",
          "proxy-connection",
          "proxy-authenticate",
          "proxy-authentication-info",
          "proxy-authorization",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade",
          "expect");

  private HopByHop() {}

  /** These fields without the hop-by-hop ones and those that {@code Connection} names. */
  public static Fields removedFrom(Fields fields) {
    Set<String> dropped = new HashSet<>(NAMES);
    dropped.addAll(fields.members("Connection"));
    return fields.without(dropped);
  }
}
