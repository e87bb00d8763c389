package dev.holdfast.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A request is the same behind Holdfast as before it, but for what belongs to one hop. */
class TransparentRequestsTest extends SharedHoldfast {

  /** What Holdfast has of its own towards the origin, and what frames a message on one hop. */
  private static final Set<String> OF_THE_HOP =
      Set.of("host", "via", "connection", "transfer-encoding", "te", "keep-alive");

  TransparentRequestsTest() {
    super("path-prefix=/", "caller-timeout=20s");
    origin.otherwise(exchange -> exchange.ok("ok"));
  }

  static Stream<String> requests() {
    return Stream.of(
        request("GET / HTTP/1.1", "", ""),
        request("GET /a%2Fb;c=d//e/../f?x=%20&&y=1;z HTTP/1.1", "", ""),
        request("HEAD /a HTTP/1.1", "Accept: */*", "", ""),
        request("GET /a HTTP/1.1", "B: 2", "a: 1", "b: 3", "A:", "X: a,  b ,c", "", ""),
        request("GET /a HTTP/1.1", "X-Obs: \u0080\u00e9\u00ff", "", ""),
        request("GET /a HTTP/1.1", "Accept-Encoding: gzip, br;q=0", "User-Agent: u", "", ""),
        request(
            "GET /a HTTP/1.1", "Cookie: a=b", "Cookie: c=d", "Authorization: Basic eA==", "", ""),
        request("GET /a HTTP/1.1", "If-None-Match: \"1\"", "Range: bytes=0-1", "", ""),
        request("GET /a HTTP/1.1", "Cache-Control: no-cache", "Pragma: no-cache", "", ""),
        request("GET /a HTTP/1.1", "TE: trailers", "Connection: TE", "Keep-Alive: 1", "", ""),
        request("get /a HTTP/1.1", "", ""),
        request("M-SEARCH /a HTTP/1.1", "MAN: \"ssdp:discover\"", "", ""),
        request("PROPFIND /a HTTP/1.1", "Depth: 1", "Content-Length: 3", "", "<a>"),
        request("!#$%&'*+-.^_`|~9 /a HTTP/1.1", "", ""),
        request("OPTIONS /a HTTP/1.1", "Origin: http://o", "", ""),
        request("TRACE /a HTTP/1.1", "", ""),
        request("DELETE /a HTTP/1.1", "", ""),
        request("DELETE /a HTTP/1.1", "Content-Length: 2", "", "hi"),
        request("POST /a HTTP/1.1", "Content-Length: 0", "", ""),
        request("POST /a HTTP/1.1", "", ""),
        request("POST /a HTTP/1.1", "Content-Length: 2", "Content-Type: a/b", "", "\u00ff\u0000"),
        request("POST /a HTTP/1.1", "Transfer-Encoding: chunked", "", "2\r\nhi\r\n0\r\n\r\n"),
        request("POST /a HTTP/1.1", "Transfer-Encoding: chunked", "", "0\r\n\r\n"),
        request("PATCH /a HTTP/1.1", "Content-Length: 2", "Date: x", "", "{}"));
  }

  private static String request(String line, String... rest) {
    return line + "\r\nHost: h\r\n" + String.join("\r\n", rest);
  }

  @ParameterizedTest
  @MethodSource("requests")
  void request_isTheSameThroughHoldfastAsWithout(String raw) {
    var direct = received(origin.port(), raw);
    var through = received(holdfast.port(), raw);

    assertThat(through.method()).isEqualTo(direct.method());
    assertThat(through.target()).isEqualTo(direct.target());
    assertThat(endToEnd(through)).isEqualTo(endToEnd(direct));
    assertThat(through.body().bytes()).isEqualTo(direct.body().bytes());
    assertThat(through.header("Host")).isEqualTo("127.0.0.1:" + origin.port());
    assertThat(through.header("Via")).isEqualTo("1.1 holdfast");
    assertThat(through.header("Connection")).isNull();
  }

  private Request received(int port, String raw) {
    int before = origin.requestsTotal();
    try (var caller = RawCaller.connect(port)) {
      assertThat(caller.send(raw).readHead().status()).isEqualTo(200);
    }
    assertThat(origin.requestsTotal()).isEqualTo(before + 1);
    return origin.requests().get(before);
  }

  private static List<Header> endToEnd(Request request) {
    return request.headers().all().stream()
        .filter(field -> !OF_THE_HOP.contains(field.name().toLowerCase(Locale.ROOT)))
        .map(
            field ->
                field.name().equals("content-length")
                    ? new Header("Content-Length", field.value())
                    : field)
        .toList();
  }
}
