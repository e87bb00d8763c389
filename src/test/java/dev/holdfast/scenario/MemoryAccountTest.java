package dev.holdfast.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Law 6: what the meters say of memory is what the JVM uses, within a tenth, over real sockets; and
 * what is gone is given back.
 *
 * <p>In a JVM of its own, without leak detection. Prints what it has measured.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MemoryAccountTest {

  private static final String STORED = "holdfast_cache_memory_used_bytes";
  private static final String IN_FLIGHT = "holdfast_fills_memory_used_bytes";
  private static final String BODIES = "holdfast_bodies_memory_used_bytes";

  private final ScriptedOrigin origin = new ScriptedOrigin();
  private ForkedHoldfast holdfast;
  private int round;

  @BeforeAll
  void start() {
    List<String> options =
        new ArrayList<>(List.of("-Xmx512m", "-Dio.netty.leakDetection.level=disabled"));
    options.addAll(JvmMemory.OPTIONS);
    holdfast =
        ForkedHoldfast.inFrontOf(
            origin,
            options,
            "--holdfast.cache.max-memory=256MB",
            "--holdfast.origins.catalog.caller-timeout=10m",
            "--holdfast.origins.catalog.fetch-timeout=10m",
            "--management.endpoint.caches.access=unrestricted",
            "--management.endpoints.web.exposure.include=health,caches,prometheus");
    origin.otherwise(MemoryAccountTest::answer);
  }

  @AfterAll
  void stop() {
    holdfast.close();
    origin.close();
  }

  /** {@code /BYTES/NUMBER}: a body of that many bytes, under fields as origins send them. */
  private static void answer(Exchange exchange) {
    String[] path = exchange.request().path().split("/", -1);
    head(exchange, Integer.parseInt(path[1]), path[2]);
    exchange.sendBytes(new byte[Integer.parseInt(path[1])]);
  }

  private static void head(Exchange exchange, int bytes, String number) {
    exchange.head(
        "200 OK",
        "Date: Mon, 23 Nov 2026 10:00:00 GMT",
        "Content-Type: application/json;charset=UTF-8",
        "Cache-Control: public, max-age=360000000",
        "ETag: \"0f3a" + number + "\"",
        "Last-Modified: Sun, 22 Nov 2026 10:00:00 GMT",
        "Server: nginx/1.27.2",
        "X-Request-Id: c0ffee00-0000-4000-8000-00" + number,
        "Content-Length: " + bytes);
  }

  @ParameterizedTest(name = "{0} responses of {1} bytes")
  @CsvSource({"10000, 100", "2000, 10000", "40, 1000000"})
  void storedResponses_takeWhatIsAccountedFor_andGiveItBack(int responses, int bodyBytes) {
    fetch(responses / 10, bodyBytes);
    letGo(responses / 10, bodyBytes);
    long accountedBefore = gauge(STORED);
    JvmMemory before = memory();

    fetch(responses, bodyBytes);

    long accounted = gauge(STORED) - accountedBefore;
    JvmMemory used = memory().minus(before);
    letGo(responses, bodyBytes);
    JvmMemory left = memory().minus(before);
    print("stored", responses, bodyBytes, accounted, used);
    print("let go", responses, bodyBytes, gauge(STORED), left);
    assertThat(used.outside()).isGreaterThanOrEqualTo((long) responses * bodyBytes);
    assertThat((double) accounted / used.total()).isBetween(0.9, 1.1);
    assertThat(gauge(STORED)).isEqualTo(accountedBefore);
    assertThat((double) left.total() / used.total()).isLessThan(0.1);
  }

  @ParameterizedTest(name = "{0} fills of {1} bytes")
  @CsvSource({"200, 100, 100", "200, 10000, 10000", "40, 1000000, 524288"})
  void fillsInMidBody_holdWhatIsAccountedFor_andGiveItBack(
      int fills, int bodyBytes, long reserved) {
    heldInMidBody(fills, bodyBytes, fills * reserved); // buffers that sockets are read into stay

    JvmMemory used = heldInMidBody(fills, bodyBytes, fills * reserved);

    print("in flight", fills, bodyBytes, fills * reserved, used);
    if (bodyBytes > 1000) {
      assertThat((double) fills * reserved / used.total()).isBetween(0.9, 1.1);
    }
  }

  /** What so many fills take for half of their bodies, beside what they take for their heads. */
  private JvmMemory heldInMidBody(int fills, int bodyBytes, long reserved) {
    round++;
    var bodies = new Gate();
    var ends = new Gate();
    origin.otherwise(
        exchange -> {
          head(exchange, bodyBytes, exchange.request().path().split("/", -1)[2]);
          exchange.await(bodies);
          exchange.sendBytes(new byte[bodyBytes / 2]);
          exchange.await(ends);
          exchange.sendBytes(new byte[bodyBytes - bodyBytes / 2]);
        });
    try (var callers = Callers.open(fills, holdfast.port())) {
      int number = 0;
      for (var caller : callers) {
        caller.get("/catalog/" + bodyBytes + "/" + round + "-in-flight-" + number++);
      }
      callers.forEach(RawCaller::readHead);
      JvmMemory before = memory();
      bodies.open();
      Await.until(() -> gauge(IN_FLIGHT) == reserved, "half of each body");

      assertThat(gauge(BODIES)).isGreaterThanOrEqualTo(gauge(IN_FLIGHT));
      return memory().minus(before);
    } finally {
      ends.open();
      Await.until(() -> gauge("holdfast_fills_in_flight") == 0, "no fill in flight");
      Await.until(() -> gauge(IN_FLIGHT) == 0, "nothing reserved");
      origin.otherwise(MemoryAccountTest::answer);
    }
  }

  private void fetch(int responses, int bodyBytes) {
    try (var caller = holdfast.caller()) {
      for (int i = 0; i < responses; i++) {
        caller.get(target(bodyBytes, i));
        assertThat(caller.readResponse().body().length()).isEqualTo(bodyBytes);
      }
    }
  }

  /** Invalidated, they go as they are asked for. */
  private void letGo(int responses, int bodyBytes) {
    assertThat(holdfast.managed("DELETE", "/actuator/caches/catalog").status()).isEqualTo(204);
    try (var caller = holdfast.caller()) {
      for (int i = 0; i < responses; i++) {
        caller.get(target(bodyBytes, i), "Cache-Control: only-if-cached");
        assertThat(caller.readResponse().status()).isEqualTo(504);
      }
    }
  }

  private static String target(int bodyBytes, int number) {
    return "/catalog/" + bodyBytes + "/" + (1_000_000 + number);
  }

  private long gauge(String name) {
    return (long) holdfast.gauge(name);
  }

  private JvmMemory memory() {
    return JvmMemory.of(holdfast.pid());
  }

  private static void print(String what, int count, int bytes, long accounted, JvmMemory used) {
    System.out.printf(
        "%-9s %6d x %9d B: accounted %,12d, heap %,12d, outside %,12d%n",
        what, count, bytes, accounted, used.heap(), used.outside());
  }
}
