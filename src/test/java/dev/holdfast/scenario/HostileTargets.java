package dev.holdfast.scenario;

import static dev.holdfast.scenario.HostileRequest.host;
import static dev.holdfast.scenario.HostileRequest.hostile;
import static dev.holdfast.scenario.HostileRequest.kind;
import static dev.holdfast.scenario.HostileRequest.line;

import java.util.List;
import java.util.stream.Stream;

/** Requests for what is not here, or is not the same for every reader. */
final class HostileTargets {

  /** RFC 9112 §3: a token, a blank, a target, a blank, a version. */
  static final List<HostileRequest> REQUEST_LINES =
      kind(
          "request line",
          line("two blanks before the target", "GET  /catalog/x HTTP/1.1"),
          line("two blanks before the version", "GET /catalog/x  HTTP/1.1"),
          line("blank before the method", " GET /catalog/x HTTP/1.1"),
          line("blank behind the version", "GET /catalog/x HTTP/1.1 "),
          line("tab before the target", "GET\t/catalog/x HTTP/1.1"),
          line("tab before the version", "GET /catalog/x\tHTTP/1.1"),
          line("vertical tab before the target", "GET\u000b/catalog/x HTTP/1.1"),
          line("form feed before the version", "GET /catalog/x\fHTTP/1.1"),
          line("bare CR before the version", "GET /catalog/x\rHTTP/1.1"),
          line("blank within the target", "GET /catalog/x y HTTP/1.1"),
          line(
              "another request within the target",
              "GET /catalog/x HTTP/1.1 GET /catalog/smuggled HTTP/1.1"),
          line("NUL within the target", "GET /catalog/x\0 HTTP/1.1"),
          line("control character within the target", "GET /catalog/x\u0001 HTTP/1.1"),
          line("DEL within the target", "GET /catalog/x\u007f HTTP/1.1"),
          line("a letter beyond ASCII within the target", "GET /catalog/x?\u00e9 HTTP/1.1"),
          line("pipe within the target", "GET /catalog/x|y HTTP/1.1"),
          line("quotes within the target", "GET /catalog/x\" HTTP/1.1"),
          line("angle brackets within the target", "GET /catalog/x<y> HTTP/1.1"),
          line("backslash within the target", "GET /catalog/x\\y HTTP/1.1"),
          line("half an escape within the target", "GET /catalog/x%4 HTTP/1.1"),
          line("no escape behind a percent sign", "GET /catalog/x%zz HTTP/1.1"),
          line("fragment", "GET /catalog/x#y HTTP/1.1"),
          line("no target", "GET HTTP/1.1"),
          line("no version", "GET /catalog/x"),
          line("no method", "/catalog/x HTTP/1.1"),
          line("parenthesis within the method", "GE(T /catalog/x HTTP/1.1"),
          line("NUL within the method", "GE\0T /catalog/x HTTP/1.1"),
          line("colon within the method", "GET: /catalog/x HTTP/1.1"),
          line("a letter beyond ASCII within the method", "G\u00c9T /catalog/x HTTP/1.1"),
          line("method in quotes", "\"GET\" /catalog/x HTTP/1.1"),
          line("version in lower case", "GET /catalog/x http/1.1"),
          line("version 0.9", "GET /catalog/x HTTP/0.9"),
          line("version 1.2", "GET /catalog/x HTTP/1.2"),
          line("version 2.0", "GET /catalog/x HTTP/2.0"),
          line("version 3.0", "GET /catalog/x HTTP/3.0"),
          line("version 1.10", "GET /catalog/x HTTP/1.10"),
          line("version 01.1", "GET /catalog/x HTTP/01.1"),
          line("version 1.1.1", "GET /catalog/x HTTP/1.1.1"),
          line("version 1", "GET /catalog/x HTTP/1"),
          line("version with a plus", "GET /catalog/x HTTP/+1.1"),
          line("another protocol", "GET /catalog/x ICAP/1.1"),
          line("TLS", "\u0016\u0003\u0001\u0002\0\u0001\0\u0001\u00fc\u0003\u0003"),
          hostile("HTTP/2 preface", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"));

  /** RFC 9112 §3.2, RFC 9110 §7.1: an origin form, and no other host's. */
  static final List<HostileRequest> TARGETS =
      kind(
          "target",
          line("authority form", "GET localhost:80 HTTP/1.1"),
          line("authority form of CONNECT", "CONNECT localhost:80 HTTP/1.1"),
          line("asterisk form of GET", "GET * HTTP/1.1"),
          line("relative", "GET catalog/x HTTP/1.1"),
          line("query alone", "GET ?x HTTP/1.1"),
          line("absolute form with another authority", "GET http://elsewhere/catalog/x HTTP/1.1"),
          line("absolute form with userinfo", "GET http://u@h/catalog/x HTTP/1.1"),
          line("absolute form with another scheme", "GET file:///catalog/x HTTP/1.1"),
          line("absolute form without authority", "GET http:///catalog/x HTTP/1.1"),
          line("absolute form without slashes", "GET http:/catalog/x HTTP/1.1"),
          line("absolute form of a script", "GET javascript:alert(1) HTTP/1.1"),
          line("climbing out", "GET /catalog/../../x HTTP/1.1"),
          line("climbing out, encoded", "GET /catalog/%2e%2e/%2E./x HTTP/1.1"));

  /** RFC 9112 §3.2: one Host, of a host and a port. */
  static final List<HostileRequest> HOSTS =
      kind(
          "Host",
          host("none", ""),
          host("twice", "Host: h\r\nHost: h\r\n"),
          host("twice, and different", "Host: h\r\nHost: elsewhere\r\n"),
          host("twice, in odd case", "Host: h\r\nhOST: elsewhere\r\n"),
          host("a list", "Host: h, elsewhere\r\n"),
          host("with userinfo", "Host: u@h\r\n"),
          host("with a path", "Host: h/catalog\r\n"),
          host("with a query", "Host: h?x\r\n"),
          host("with a fragment", "Host: h#x\r\n"),
          host("with a backslash", "Host: h\\x\r\n"),
          host("with a scheme", "Host: http://h\r\n"),
          host("a blank within", "Host: h x\r\n"),
          host("a tab within", "Host: h\tx\r\n"),
          host("port is no number", "Host: h:x\r\n"),
          host("port too large", "Host: h:65536\r\n"),
          host("port with a minus", "Host: h:-1\r\n"),
          host("a colon without a port", "Host: h:\r\n"),
          host("two ports", "Host: h:1:2\r\n"),
          host("port alone", "Host: :80\r\n"),
          host("IPv6 without brackets", "Host: ::1\r\n"),
          host("IPv6 without its end", "Host: [::1\r\n"),
          host("no IPv6 in brackets", "Host: [x]\r\n"),
          host("angle brackets", "Host: <h>\r\n"),
          host("a quote", "Host: h\"\r\n"),
          host("half an escape", "Host: h%4\r\n"),
          host("a letter beyond ASCII", "Host: \u00e9\r\n"));

  private HostileTargets() {}

  static Stream<HostileRequest> all() {
    return Stream.of(REQUEST_LINES, TARGETS, HOSTS).flatMap(List::stream);
  }
}
