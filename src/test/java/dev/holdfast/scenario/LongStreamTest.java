package dev.holdfast.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Bodies many times larger than the memory there is.
 *
 * <p>{@code -Dholdfast.stream.bytes=10000000000} streams ten gigabytes on a heap of 256 MB.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LongStreamTest {

  private static final Long WANTED = Long.getLong("holdfast.stream.bytes");
  private static final long BYTES = WANTED == null ? 600_000_000 : WANTED;
  private static final String HEAP = WANTED == null ? "-Xmx96m" : "-Xmx256m";
  private static final int LOOK_EVERY_BYTES = 100_000_000;
  private static final double WINDOW_BYTES = 256 * 1024;
  private static final double FEW_BYTES = 1e6;

  private final ScriptedOrigin origin = new ScriptedOrigin();
  private ForkedHoldfast holdfast;

  @BeforeAll
  void start() {
    origin.on("/small", exchange -> exchange.ok("small", "Cache-Control: max-age=600"));
    origin.on("/known", exchange -> sendAll(exchange, "Content-Length: " + BYTES));
    origin.on("/unknown", exchange -> sendAll(exchange, "Transfer-Encoding: chunked"));
    holdfast = ForkedHoldfast.inFrontOf(origin, List.of(HEAP, "-XX:+ExitOnOutOfMemoryError"));
  }

  @AfterAll
  void stop() {
    holdfast.close();
    origin.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/known", "/unknown"})
  void bodyLargerThanAllMemory_isStreamedWhole(String target) {
    holdfast.get("/small");
    try (var caller = holdfast.caller()) {
      assertThat(caller.get("/catalog" + target).readHead().status()).isEqualTo(200);
      Await.until(
          () -> holdfast.gauge("holdfast_bodies_memory_used_bytes") > WINDOW_BYTES,
          "the origin as far ahead as it may be of a caller who has not begun to read");
      assertThat(readAll(caller)).isEqualTo(BYTES);
    }
    Await.until(() -> holdfast.gauge("holdfast_fills_in_flight") == 0, "no fill in flight");
    Await.until(
        () -> holdfast.gauge("holdfast_bodies_memory_used_bytes") < 1000, "only what is stored");
    assertThat(holdfast.gauge("holdfast_fills_memory_used_bytes")).isZero();
    assertThat(holdfast.get("/small").header("Cache-Status")).contains(";hit;");
    assertThat(holdfast.output()).doesNotContain("LEAK", "OutOfMemory", "ERROR");
  }

  private long readAll(RawCaller caller) {
    var piece = new byte[EndlessBytes.PERIOD];
    long position = 0;
    long looked = 0;
    for (int n = caller.readSome(piece); n > 0; n = caller.readSome(piece)) {
      if (!EndlessBytes.areAt(position, piece, n)) {
        throw new AssertionError("other bytes than the origin's within " + n + " from " + position);
      }
      position += n;
      if (position - looked > LOOK_EVERY_BYTES) {
        looked = position;
        assertThat(holdfast.gauge("holdfast_bodies_memory_used_bytes")).isLessThan(FEW_BYTES);
      }
    }
    return position;
  }

  private static void sendAll(Exchange exchange, String framing) {
    var chunked = framing.startsWith("Transfer");
    exchange.head("200 OK", "Cache-Control: max-age=600", framing);
    var block = EndlessBytes.first(EndlessBytes.PERIOD);
    for (long left = BYTES; left > 0; left -= block.length) {
      var bytes = left < block.length ? EndlessBytes.first((int) left) : block;
      if (chunked) {
        exchange.chunk(bytes);
      } else {
        exchange.sendBytes(bytes);
      }
    }
    if (chunked) {
      exchange.lastChunk();
    }
  }
}
