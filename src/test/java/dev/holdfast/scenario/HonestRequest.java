package dev.holdfast.scenario;

import java.util.List;

/**
 * A request that is much like hostile ones, and is answered.
 *
 * @param kind the kind of hostile requests that it is like
 * @param raw the bytes (ISO-8859-1)
 * @param seen what the origin sees of it: method, target, content
 */
record HonestRequest(String kind, String name, String raw, String seen) {

  private static final String GET = "GET /catalog/x HTTP/1.1\r\nHost: h\r\n";
  private static final String POST = "POST /catalog/x HTTP/1.1\r\nHost: h\r\n";
  private static final String CHUNKED = POST + "Transfer-Encoding: chunked\r\n\r\n";
  private static final String GOT = "GET /x ";
  private static final String POSTED = "POST /x hello";

  static final List<HonestRequest> ALL =
      List.of(
          honest("two lengths", "a length", POST + "Content-Length: 5\r\n\r\nhello", POSTED),
          honest("two lengths", "chunks", CHUNKED + "5\r\nhello\r\n0\r\n\r\n", POSTED),
          honest("length", "blanks around", POST + "Content-Length: \t 5 \t\r\n\r\nhello", POSTED),
          honest("length", "leading zeros", POST + "Content-Length: 005\r\n\r\nhello", POSTED),
          honest("length", "none", POST + "\r\n", "POST /x "),
          honest("length", "of a GET", GET + "Content-Length: 5\r\n\r\nhello", GOT),
          honest(
              "length",
              "of HTTP/1.0",
              "POST /catalog/x HTTP/1.0\r\nConnection: keep-alive\r\nContent-Length: 5\r\n\r\nhello",
              POSTED),
          honest(
              "coding",
              "in odd case, with blanks",
              POST + "tRaNsFeR-eNcOdInG: \t ChUnKeD \t\r\n\r\n5\r\nhello\r\n0\r\n\r\n",
              POSTED),
          honest(
              "coding",
              "of a GET",
              GET + "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n",
              GOT),
          honest("chunk", "several", CHUNKED + "2\r\nhe\r\n3\r\nllo\r\n0\r\n\r\n", POSTED),
          honest("chunk", "zeros before its size", CHUNKED + "005\r\nhello\r\n000\r\n\r\n", POSTED),
          honest(
              "chunk",
              "size in either case",
              CHUNKED + "a\r\n0123456789\r\nA\r\n0123456789\r\n0\r\n\r\n",
              "POST /x 01234567890123456789"),
          honest("chunk", "extensions", CHUNKED + "5;a;b=\"c\"\r\nhello\r\n0;d\r\n\r\n", POSTED),
          honest(
              "chunk",
              "lines within",
              CHUNKED + "5\r\n\r\n\n0\n\r\n0\r\n\r\n",
              "POST /x \r\n\n0\n"),
          honest("chunk", "trailers", CHUNKED + "5\r\nhello\r\n0\r\nA: b\r\nC: d\r\n\r\n", POSTED),
          honest("line", "an empty one before the first", "\r\n" + GET + "\r\n", GOT),
          honest("line", "many empty ones before the first", "\r\n\r\n\r\n" + GET + "\r\n", GOT),
          honest("field", "no blank behind the colon", GET + "A:b\r\n\r\n", GOT),
          honest("field", "blanks around the value", GET + "A: \t b \t \r\n\r\n", GOT),
          honest("field", "empty", GET + "A:\r\n\r\n", GOT),
          honest("field", "tab within the value", GET + "A: b\tc\r\n\r\n", GOT),
          honest("field", "colons within the value", GET + "A: :b:\r\n\r\n", GOT),
          honest("field", "letters beyond ASCII in the value", GET + "A: \u00e9\r\n\r\n", GOT),
          honest(
              "field",
              "every mark of a token in the name",
              GET + "!#$%&'*+-.^_`|~: b\r\n\r\n",
              GOT),
          line("a method of one's own", "B-R_E.W /catalog/x HTTP/1.1", "B-R_E.W /x "),
          line("a method in lower case", "get /catalog/x HTTP/1.1", "get /x "),
          line("marks", "GET /catalog/-._~!$&'()*+,;=:@/? HTTP/1.1", "GET /-._~!$&'()*+,;=:@/? "),
          line("escapes", "GET /catalog/x%20%7c?%5B HTTP/1.1", "GET /x%20%7c?%5B "),
          line("brackets in the query", "GET /catalog/x?a[0]=1?/ HTTP/1.1", "GET /x?a[0]=1?/ "),
          target("absolute form", "GET http://h/catalog/x HTTP/1.1", GOT),
          target("absolute form in odd case", "GET HTTP://H/catalog/x HTTP/1.1", GOT),
          target("absolute form behind TLS", "GET https://h/catalog/x?y HTTP/1.1", "GET /x?y "),
          target("dots that stay", "GET /catalog/a/../x HTTP/1.1", "GET /a/../x "),
          target("empty segments", "GET /catalog//x HTTP/1.1", "GET //x "),
          host("with a port", "Host: localhost:8080\r\n"),
          host("IPv4", "Host: 127.0.0.1\r\n"),
          host("IPv6", "Host: [::1]:80\r\n"),
          host("in odd case, with blanks", "hOsT: \t H.Example \t\r\n"),
          host("an underscore", "Host: a_b-c.d\r\n"),
          honest(
              "Host",
              "none, of HTTP/1.0",
              "GET /catalog/x HTTP/1.0\r\nConnection: keep-alive\r\n\r\n",
              GOT),
          honest(
              "too long",
              "a line that is not",
              "GET /catalog/x?" + "y".repeat(8_000) + " HTTP/1.1\r\nHost: h\r\n\r\n",
              "GET /x?" + "y".repeat(8_000) + " "),
          honest(
              "too long",
              "a field that is not",
              GET + "A: " + "y".repeat(32_000) + "\r\n\r\n",
              GOT),
          honest(
              "too long",
              "a chunk that is not",
              CHUNKED + "2000\r\n" + "y".repeat(8_192) + "\r\n0\r\n\r\n",
              "POST /x " + "y".repeat(8_192)));

  private static HonestRequest honest(String kind, String name, String raw, String seen) {
    return new HonestRequest(kind, name, raw, seen);
  }

  private static HonestRequest line(String name, String line, String seen) {
    return honest("request line", name, line + "\r\nHost: h\r\n\r\n", seen);
  }

  private static HonestRequest target(String name, String line, String seen) {
    return honest("target", name, line + "\r\nHost: h\r\n\r\n", seen);
  }

  private static HonestRequest host(String name, String lines) {
    return honest("Host", name, "GET /catalog/x HTTP/1.1\r\n" + lines + "\r\n", GOT);
  }

  @Override
  public String toString() {
    return kind + ": " + name;
  }
}
