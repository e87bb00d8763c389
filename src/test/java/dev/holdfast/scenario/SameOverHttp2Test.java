package dev.holdfast.scenario;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A caller gets the same over HTTP/2 (in clear text, with prior knowledge) as over HTTP/1.1. */
class SameOverHttp2Test extends SharedHoldfast {

  /** What frames a message of HTTP/1.1 and what its connections are. */
  private static final Set<String> OF_THE_HOP = Set.of("connection", "transfer-encoding", "age");

  private static final String DATE = "Date: Mon, 23 Nov 2026 12:00:00 GMT";

  private final EventLoopGroup loops =
      new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());

  SameOverHttp2Test() {
    super("caller-timeout=20s", "server.http2.enabled=true");
    origin.on(
        "/fresh",
        exchange ->
            exchange.ok("hello", DATE, "Cache-Control: max-age=9999999999, must-revalidate"));
    origin.on("/echo", exchange -> exchange.answer("201 Made", sent(exchange), DATE, "X-Y: 1"));
    origin.on("/error", exchange -> exchange.answer("503 Later", "no", DATE, "Retry-After: 9"));
    origin.on("/nothing", exchange -> exchange.head("204 No Content", DATE));
    origin.on("/chunked", SameOverHttp2Test::chunked);
    origin.on("/interim", SameOverHttp2Test::withInterims);
    origin.on("/broken", Exchange::reset);
  }

  private static String sent(Exchange exchange) {
    return exchange.request().method() + " " + exchange.request().body().text();
  }

  private static void chunked(Exchange exchange) {
    exchange.chunkedHead(DATE, "X-Many: 1", "X-Many: 2", "Trailer: x-sum");
    if (!exchange.request().method().equals("HEAD")) {
      exchange.chunk("hello, ");
      exchange.chunk("world");
      exchange.lastChunk("x-sum: 1");
    }
  }

  private static void withInterims(Exchange exchange) {
    exchange.head("102 Processing");
    exchange.head("103 Early Hints", "Link: </a.css>", "Link: </b.css>", "Connection: X", "X: 1");
    chunked(exchange);
  }

  @AfterAll
  void stopCallers() {
    loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /catalog/chunked, ''",
    "HEAD, /catalog/chunked, ''",
    "HEAD, /catalog/error, ''",
    "POST, /catalog/echo, a body",
    "POST, /catalog/echo, ''",
    "PATCH, /catalog/echo, a body",
    "GET, /catalog/error, ''",
    "GET, /catalog/nothing, ''",
    "GET, /catalog/interim, ''",
    "HEAD, /catalog/interim, ''",
    "POST, /catalog/interim, a body",
    "GET, /catalog/broken, ''",
    "GET, /nowhere, ''",
  })
  void answer_isTheSame(String method, String target, String content) {
    isTheSame(method, target, content);
  }

  @ParameterizedTest
  @CsvSource({"GET", "HEAD"})
  void hit_isTheSame(String method) {
    holdfast.get("/fresh");

    assertThat(isTheSame(method, "/catalog/fresh", "").header("Cache-Status")).contains(";hit;");
  }

  @Test
  void notModified_isTheSame() {
    origin.on("/tag", x -> x.ok("hello", DATE, "Cache-Control: max-age=99999999", "ETag: \"1\""));
    holdfast.get("/tag");

    var answer = isTheSame("GET", "/catalog/tag", "", "If-None-Match: \"1\"");

    assertThat(answer.status()).isEqualTo(304);
  }

  private Response isTheSame(String method, String target, String content, String... headers) {
    var over1 = over1(method, target, content, headers);
    Response over2;
    try (var caller = Http2Caller.connect(loops, holdfast.port())) {
      over2 = caller.exchange(method, target, content, headers);
      assertThat(caller.exchange("GET", "/livez", "").status()).isEqualTo(200);
    }

    assertThat(over2.status()).isEqualTo(over1.status());
    assertThat(fields(over2.head())).isEqualTo(fields(over1.head()));
    assertThat(statuses(over2)).isEqualTo(statuses(over1));
    assertThat(over2.interim().stream().map(SameOverHttp2Test::fields).toList())
        .isEqualTo(over1.interim().stream().map(SameOverHttp2Test::fields).toList());
    assertThat(over2.text()).isEqualTo(over1.text());
    assertThat(over2.body().trailers()).isEqualTo(over1.body().trailers());
    assertThat(over2.whole()).isTrue();
    return over2;
  }

  private Response over1(String method, String target, String content, String... headers) {
    try (var caller = holdfast.caller()) {
      var length = "Content-Length: " + content.length();
      var fields = content.isEmpty() ? headers : Certificates.all(headers, length);
      return caller.request(method, target, fields).send(content).readResponse();
    }
  }

  private static List<Integer> statuses(Response answer) {
    return answer.interim().stream().map(Head::status).toList();
  }

  /** The end-to-end fields, each name's values in order, but for what a second changes. */
  private static Map<String, List<String>> fields(Head head) {
    return head.headers().all().stream()
        .map(field -> new Header(field.name().toLowerCase(Locale.ROOT), field.value()))
        .filter(field -> !OF_THE_HOP.contains(field.name()))
        .collect(
            groupingBy(
                Header::name,
                mapping(field -> field.value().replaceFirst("ttl=\\d+", "ttl"), toList())));
  }
}
