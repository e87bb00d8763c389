package dev.holdfast.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What callers write makes no time series. */
class MeterCardinalityTest extends SharedHoldfast {

  private final Random random = new Random(9110);

  MeterCardinalityTest() {
    super("caller-timeout=20s");
    origin.otherwise(exchange -> exchange.ok("ok", "Cache-Control: max-age=60"));
  }

  @Test
  void randomMethodsPathsHostsAndFields_makeNoTimeSeries() {
    for (int i = 0; i < 5; i++) {
      askAtRandom();
    }
    long known = series();

    for (int i = 0; i < 100; i++) {
      askAtRandom();
    }
    assertThat(series()).isEqualTo(known);

    origin.on("/teapot", exchange -> exchange.answer("418 Teapot", ""));
    holdfast.get("/teapot");
    assertThat(series()).as("a status that is new").isGreaterThan(known);
  }

  private void askAtRandom() {
    String word = "W" + Long.toString(random.nextLong(1L << 40), 36).toUpperCase(Locale.ROOT);
    String[] fields = {"Host: " + word, "User-Agent: " + word, "X-" + word + ": " + word};
    ask("GET", "/catalog/" + word, fields);
    ask("GET", "/catalog/" + word, fields); // a hit
    ask(word, "/catalog/" + word, fields);
    ask("GET", "/" + word + "/x", fields); // no origin's
    ask(word, "/" + word, fields);
    ask("GET", "/catalog/x?" + word, "Host: " + word + "@" + word); // refused
    ask(word, "/catalog/../../" + word, fields);
    ask(
        "OPTIONS",
        "/catalog/" + word,
        "Origin: http://" + word,
        "Access-Control-Request-Method: " + word);
    ask("GET", "/livez?" + word, fields);
  }

  private void ask(String method, String target, String... fields) {
    RawCaller.once(holdfast.port(), method, target, fields);
  }

  /** How many there are, but for those of the JVM, some of which come with its first collection. */
  private long series() {
    holdfast.awaitNothingLeft();
    Await.untilSteady(this::count); // they are counted behind their answers
    return count();
  }

  private long count() {
    return holdfast.bean(MeterRegistry.class).getMeters().stream()
        .filter(meter -> !meter.getId().getName().startsWith("jvm."))
        .count();
  }
}
