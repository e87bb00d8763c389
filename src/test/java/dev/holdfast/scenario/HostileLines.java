package dev.holdfast.scenario;

import static dev.holdfast.scenario.HostileRequest.get;
import static dev.holdfast.scenario.HostileRequest.hostile;
import static dev.holdfast.scenario.HostileRequest.kind;
import static dev.holdfast.scenario.HostileRequest.post;

import java.util.List;
import java.util.stream.Stream;

/** Requests of lines that end, begin or go on where only some readers see it. */
final class HostileLines {

  private static final String GET = "GET /catalog/x HTTP/1.1\r\nHost: h\r\n";
  private static final String POST = "POST /catalog/x HTTP/1.1\r\nHost: h\r\n";
  private static final String CHUNKS = POST + "Transfer-Encoding: chunked\r\n\r\n";
  private static final String END = "0\r\n\r\n";

  /** RFC 9112 §2.2, §5: lines end by CRLF, and none goes on on the next. */
  static final List<HostileRequest> LINES =
      kind(
          "line",
          hostile("request line ended by LF", "GET /catalog/x HTTP/1.1\nHost: h\r\n\r\n"),
          hostile("all ended by LF", "GET /catalog/x HTTP/1.1\nHost: h\n\n"),
          hostile("field ended by LF", GET + "A: b\nC: d\r\n\r\n"),
          hostile("head ended by LF", GET + "\n"),
          hostile("ended by CR", GET + "A: b\rC: d\r\n\r\n"),
          hostile("ended by CR CR LF", GET + "A: b\r\r\n\r\n"),
          hostile("field within a value behind CR", GET + "A: b\rContent-Length: 5\r\n\r\n"),
          hostile("folded by a blank", GET + "A: b\r\n c\r\n\r\n"),
          hostile("folded by a tab", GET + "A: b\r\n\tc\r\n\r\n"),
          hostile("folded behind the request line", "GET /catalog/x HTTP/1.1\r\n Host: h\r\n\r\n"),
          hostile("blank line before the end", GET + "A: b\r\n \r\n\r\n"),
          hostile(
              "folded Transfer-Encoding", POST + "Transfer-Encoding:\r\n chunked\r\n\r\n" + END),
          hostile(
              "folded Transfer-Encoding, with a length",
              POST + "Content-Length: 5\r\nTransfer-Encoding:\r\n chunked\r\n\r\n" + END),
          hostile("folded length", POST + "Content-Length: 1\r\n 0\r\n\r\nhello"),
          hostile("field folded into another", POST + "A: b\r\n Content-Length: 5\r\n\r\nhello"),
          hostile("folded Host", "GET /catalog/x HTTP/1.1\r\nHost:\r\n h\r\n\r\n"));

  /** RFC 9110 §5.1, §5.5, RFC 9112 §5.1: a token, a colon at once, no control characters. */
  static final List<HostileRequest> FIELDS =
      kind(
          "field",
          get("blank before the colon", "A : b"),
          get("tab before the colon", "A\t: b"),
          post("blank before the colon of a length", "Content-Length : 5"),
          post("blank before the colon of a coding", "Transfer-Encoding : chunked"),
          post("blank before the name", " Transfer-Encoding: chunked"),
          get("no name", ": b"),
          get("no colon", "A"),
          get("blank within the name", "A b: c"),
          get("NUL within the name", "A\0b: c"),
          get("CR within the name", "A\rb: c"),
          get("parenthesis within the name", "A(b): c"),
          get("slash within the name", "A/b: c"),
          get("quotes within the name", "\"A\": c"),
          get("a letter beyond ASCII within the name", "\u00c4: b"),
          post("a NUL before a length", "\0Content-Length: 5"),
          get("NUL within the value", "A: b\0c"),
          get("backspace within the value", "A: b\bc"),
          get("escape within the value", "A: \u001b[2J"),
          get("DEL within the value", "A: b\u007fc"),
          get("form feed within the value", "A: b\fc"));

  /** RFC 9112 §3, §7.1, RFC 9110 §15.5.15, RFC 6585 §5: longer than may be, in every part. */
  static final List<HostileRequest> TOO_LONG =
      kind(
          "too long",
          hostile(
              "request line",
              "GET /catalog/" + "x".repeat(8192) + " HTTP/1.1\r\nHost: h\r\n\r\n",
              414),
          hostile("request line without an end", "GET /catalog/" + "x".repeat(9000), 414),
          hostile("method", "G".repeat(9000) + " / HTTP/1.1\r\nHost: h\r\n\r\n", 414),
          hostile("one field", GET + "A: " + "x".repeat(33_000) + "\r\n\r\n", 431),
          hostile("many fields", GET + "A: b\r\n".repeat(9000) + "\r\n", 431),
          hostile("a name without an end", GET + "x".repeat(33_000), 431),
          hostile("chunk extension", CHUNKS + "5;" + "x".repeat(9000) + "\r\nhello\r\n" + END, 400),
          hostile("chunk size", CHUNKS + "0".repeat(9000) + "5\r\nhello\r\n" + END, 400),
          hostile("trailers", CHUNKS + "0\r\nA: " + "x".repeat(33_000) + "\r\n\r\n", 400));

  private HostileLines() {}

  static Stream<HostileRequest> all() {
    return Stream.of(LINES, FIELDS, TOO_LONG).flatMap(List::stream);
  }
}
