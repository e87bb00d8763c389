package dev.holdfast.scenario;

import static dev.holdfast.scenario.HostileRequest.chunks;
import static dev.holdfast.scenario.HostileRequest.get;
import static dev.holdfast.scenario.HostileRequest.hostile;
import static dev.holdfast.scenario.HostileRequest.kind;
import static dev.holdfast.scenario.HostileRequest.post;

import java.util.List;
import java.util.stream.Stream;

/** Requests whose content ends where one reader has it end, and not where another has. */
final class HostileFraming {

  private static final String CHUNKED =
      "POST /catalog/x HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n";

  /** RFC 9112 §6.1, §6.3: two lengths of one body. */
  static final List<HostileRequest> TWO_LENGTHS =
      kind(
          "two lengths",
          post("length, then chunked", "Content-Length: 5", "Transfer-Encoding: chunked"),
          post("chunked, then length", "Transfer-Encoding: chunked", "Content-Length: 5"),
          post("length 0, then chunked", "Content-Length: 0", "Transfer-Encoding: chunked"),
          post("in lower case", "content-length: 5", "transfer-encoding: chunked"),
          post("in odd case", "cOnTeNt-LeNgTh: 5", "tRaNsFeR-eNcOdInG: cHuNkEd"),
          post("far apart", "Content-Length: 5", "A: b", "C: d", "Transfer-Encoding: chunked"),
          post(
              "length twice, then chunked",
              "Content-Length: 5",
              "Content-Length: 5",
              "Transfer-Encoding: chunked"),
          post(
              "chunked between lengths",
              "Content-Length: 5",
              "Transfer-Encoding: chunked",
              "Content-Length: 5"),
          post("length and a coding unknown", "Content-Length: 5", "Transfer-Encoding: xchunked"),
          post("length and identity", "Content-Length: 5", "Transfer-Encoding: identity"),
          post("length and an empty coding", "Content-Length: 5", "Transfer-Encoding:"),
          post(
              "length, with chunked named by Connection",
              "Content-Length: 5",
              "Transfer-Encoding: chunked",
              "Connection: Transfer-Encoding"),
          get("of a GET", "Content-Length: 5", "Transfer-Encoding: chunked"));

  /** RFC 9110 §8.6: a length is digits, once. */
  static final List<HostileRequest> LENGTHS =
      kind(
          "length",
          post("two that differ", "Content-Length: 5", "Content-Length: 6"),
          post("two alike", "Content-Length: 5", "Content-Length: 5"),
          post("two in a list that differ", "Content-Length: 5, 6"),
          post("two in a list alike", "Content-Length: 5, 5"),
          post("an empty member", "Content-Length: 5,"),
          post("with a plus", "Content-Length: +5"),
          post("with a minus", "Content-Length: -5"),
          post("minus zero", "Content-Length: -0"),
          post("a blank within", "Content-Length: 5 0"),
          post("hexadecimal", "Content-Length: 0x5"),
          post("with a fraction", "Content-Length: 5.0"),
          post("with an exponent", "Content-Length: 5e0"),
          post("with an underscore", "Content-Length: 1_0"),
          post("quoted", "Content-Length: \"5\""),
          post("empty", "Content-Length:"),
          post("too large for a long", "Content-Length: 9223372036854775808"),
          post("larger by 2 to the 64th", "Content-Length: 18446744073709551621"),
          post("digits of another script", "Content-Length: \u00b2"),
          post("a form feed behind", "Content-Length: 5\f"),
          post("a vertical tab before", "Content-Length: \u000b5"),
          post("a NUL behind", "Content-Length: 5\0"),
          post("of HTTP/1.0, two", "HTTP/1.0", "Content-Length: 5", "Content-Length: 6"),
          post("of HTTP/1.0, a list", "HTTP/1.0", "Content-Length: 5, 6"));

  /** RFC 9112 §6.1: chunked, once, and in HTTP/1.1 alone. */
  static final List<HostileRequest> CODINGS =
      kind(
          "coding",
          post("identity", "Transfer-Encoding: identity"),
          post("identity behind chunked", "Transfer-Encoding: chunked, identity"),
          post("identity before chunked", "Transfer-Encoding: identity, chunked"),
          post(
              "identity on a line behind",
              "Transfer-Encoding: chunked",
              "Transfer-Encoding: identity"),
          post(
              "identity on a line before",
              "Transfer-Encoding: identity",
              "Transfer-Encoding: chunked"),
          post("chunked twice", "Transfer-Encoding: chunked, chunked"),
          post("chunked on two lines", "Transfer-Encoding: chunked", "Transfer-Encoding: chunked"),
          post("gzip before chunked", "Transfer-Encoding: gzip, chunked"),
          post("gzip behind chunked", "Transfer-Encoding: chunked, gzip"),
          post("xchunked", "Transfer-Encoding: xchunked"),
          post("chunkedx", "Transfer-Encoding: chunkedx"),
          post("quoted", "Transfer-Encoding: \"chunked\""),
          post("with a parameter", "Transfer-Encoding: chunked;q=1"),
          post("a comma before", "Transfer-Encoding: ,chunked"),
          post("a comma behind", "Transfer-Encoding: chunked,"),
          post("a vertical tab before", "Transfer-Encoding: \u000bchunked"),
          post("a vertical tab behind", "Transfer-Encoding: chunked\u000b"),
          post("a form feed behind", "Transfer-Encoding: chunked\f"),
          post("a NUL behind", "Transfer-Encoding: chunked\0"),
          post("a bare CR before", "Transfer-Encoding: \rchunked"),
          post("a no-break space before", "Transfer-Encoding: \u00a0chunked"),
          post("empty", "Transfer-Encoding:"),
          post("of HTTP/1.0", "HTTP/1.0", "Transfer-Encoding: chunked"),
          post(
              "of HTTP/1.0, with a length",
              "HTTP/1.0",
              "Content-Length: 5",
              "Transfer-Encoding: chunked"),
          get("of a GET, identity", "Transfer-Encoding: identity"));

  /** RFC 9112 §7.1: a size in hexadecimal digits, CRLF, that many bytes, CRLF. */
  static final List<HostileRequest> CHUNKS =
      kind(
          "chunk",
          chunks("no size", "\r\nhello\r\n"),
          chunks("not hexadecimal", "5g\r\nhello\r\n"),
          chunks("size with 0x", "0x5\r\nhello\r\n"),
          chunks("size with a plus", "+5\r\nhello\r\n"),
          chunks("size with a minus", "-5\r\nhello\r\n"),
          chunks("blank before the size", " 5\r\nhello\r\n"),
          chunks("blank behind the size", "5 \r\nhello\r\n"),
          chunks("size with an underscore", "0_5\r\nhello\r\n"),
          chunks("size over 31 bits", "80000000\r\nhello\r\n"),
          chunks("size over 32 bits", "100000005\r\nhello\r\n"),
          chunks("size over 64 bits", "10000000000000005\r\nhello\r\n"),
          chunks("size ended by LF", "5\nhello\r\n"),
          chunks("size ended by CR", "5\rhello\r\n"),
          chunks("data ended by LF", "5\r\nhello\n"),
          chunks("data longer than its size", "5\r\nhello, world\r\n"),
          chunks("data shorter than its size", "5\r\nhell\r\n"),
          chunks("data without an end", "5\r\nhello"),
          chunks("extension ended by LF", "5;a\nhello\r\n"),
          chunks("CR within an extension", "5;a\rb\r\nhello\r\n"),
          chunks("NUL within an extension", "5;a\0b\r\nhello\r\n"),
          chunks("LF within a quoted extension", "5;a=\"\n\"\r\nhello\r\n"),
          hostile("last one ended by LF", CHUNKED + "5\r\nhello\r\n0\n\r\n"),
          hostile("trailers ended by LF", CHUNKED + "5\r\nhello\r\n0\r\n\n"),
          hostile("trailer line ended by LF", CHUNKED + "5\r\nhello\r\n0\r\nA: b\n\r\n"),
          hostile("trailer without a colon", CHUNKED + "5\r\nhello\r\n0\r\nA\r\n\r\n"),
          hostile("trailer folded", CHUNKED + "5\r\nhello\r\n0\r\nA: b\r\n c\r\n\r\n"),
          hostile(
              "trailer with a blank before the colon",
              CHUNKED + "5\r\nhello\r\n0\r\nA : b\r\n\r\n"),
          hostile("trailer with a NUL", CHUNKED + "5\r\nhello\r\n0\r\nA: b\0\r\n\r\n"));

  private HostileFraming() {}

  static Stream<HostileRequest> all() {
    return Stream.of(TWO_LENGTHS, LENGTHS, CODINGS, CHUNKS).flatMap(List::stream);
  }
}
