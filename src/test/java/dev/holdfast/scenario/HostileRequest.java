package dev.holdfast.scenario;

import java.util.List;
import java.util.stream.Stream;

/**
 * A request by which who reads it otherwise than the next one sees another request, or another
 * number of them.
 *
 * @param kind what of it is hostile; there are honest requests of the same kind
 * @param raw the bytes (ISO-8859-1); where it goes anywhere, it is to {@code /catalog/x}
 * @param status what it is answered
 */
record HostileRequest(String kind, String name, String raw, int status) {

  static HostileRequest hostile(String name, String raw, int status) {
    return new HostileRequest("", name, raw, status);
  }

  static HostileRequest hostile(String name, String raw) {
    return hostile(name, raw, 400);
  }

  /** One with these field lines, of HTTP/1.0 if the first says so, and content in one chunk. */
  static HostileRequest post(String name, String... fields) {
    return hostile(name, head("POST", fields) + "5\r\nhello\r\n0\r\n\r\n");
  }

  static HostileRequest get(String name, String... fields) {
    return hostile(name, head("GET", fields));
  }

  /** One with these chunks before the last one. */
  static HostileRequest chunks(String name, String chunks) {
    return hostile(name, head("POST", "Transfer-Encoding: chunked") + chunks + "0\r\n\r\n");
  }

  /** One with that line before its fields. */
  static HostileRequest line(String name, String line) {
    return hostile(name, line + "\r\nHost: h\r\n\r\n");
  }

  /** One with these field lines alone. */
  static HostileRequest host(String name, String lines) {
    return hostile(name, "GET /catalog/x HTTP/1.1\r\n" + lines + "\r\n");
  }

  private static String head(String method, String... fields) {
    boolean old = fields[0].equals("HTTP/1.0");
    var head = new StringBuilder(method + " /catalog/x " + (old ? fields[0] : "HTTP/1.1"));
    head.append("\r\nHost: h\r\n");
    for (int i = old ? 1 : 0; i < fields.length; i++) {
      head.append(fields[i]).append("\r\n");
    }
    return head.append("\r\n").toString();
  }

  /** These, as one kind. */
  static List<HostileRequest> kind(String kind, HostileRequest... those) {
    return Stream.of(those)
        .map(each -> new HostileRequest(kind, each.name, each.raw, each.status))
        .toList();
  }

  @Override
  public String toString() {
    return kind + ": " + name;
  }
}
