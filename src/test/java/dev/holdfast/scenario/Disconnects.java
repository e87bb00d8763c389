package dev.holdfast.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.store.Scope;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What tests of callers that disconnect at random have in common: the waves in which they come, the
 * origin that answers them, and what must be so in the end.
 *
 * <p>{@code -Dholdfast.disconnects=10000} makes the callers more than usual, {@code
 * -Dholdfast.seed=7} their moments others.
 */
final class Disconnects implements AutoCloseable {

  /** When a caller leaves. */
  enum Moment {
    IN_MID_REQUEST,
    AT_ONCE,
    WAITING,
    AT_THE_HEAD,
    /** While the origin is held after the first third. */
    IN_MID_BODY,
    /** While the rest arrives. */
    IN_THE_REST,
    AT_THE_END
  }

  static final int WAVE = 500;
  static final int WAVES = Integer.getInteger("holdfast.disconnects", 2_000) / WAVE;
  static final int THIRD_BYTES = 8_000;
  static final int BODY_BYTES = 3 * THIRD_BYTES;

  private static final int KEYS_OF_A_WAVE = 100;
  private static final String THIRD = "0123456789".repeat(THIRD_BYTES / 10);

  private final long seed = Long.getLong("holdfast.seed", 20261123L);
  private final Random random = new Random(seed);
  private final ScriptedOrigin origin = new ScriptedOrigin();
  private final Map<String, Gate> gates = new ConcurrentHashMap<>();
  private final Holdfast holdfast;

  Disconnects(String... settings) {
    System.out.println("holdfast.seed=" + seed + " holdfast.disconnects=" + WAVES * WAVE);
    origin.otherwise(this::answer);
    var patient = List.of("caller-timeout=60s", "fetch-timeout=60s");
    var all = new ArrayList<>(patient);
    all.addAll(List.of(settings));
    holdfast = Holdfast.inFrontOf(origin, all.toArray(String[]::new));
  }

  Holdfast holdfast() {
    return holdfast;
  }

  Random random() {
    return random;
  }

  Moment moment() {
    return Moment.values()[random.nextInt(Moment.values().length)];
  }

  /** A target of that wave, which several callers have in common; one in ten may not be stored. */
  String target(int wave) {
    var key = random.nextInt(KEYS_OF_A_WAVE);
    return "/" + wave + "/" + key + (key % 10 == 0 ? "?private" : "");
  }

  /** Lets the origin answer the requests of that wave, with a third of the body. */
  void begin(int wave) {
    gate("begin " + wave).open();
  }

  /** Lets it send the rest. */
  void finish(int wave) {
    gate("finish " + wave).open();
  }

  private void answer(Exchange exchange) {
    var target = exchange.request().target();
    var wave = target.split("/", -1)[1];
    var storable = target.endsWith("?private") ? "private" : "max-age=600";
    exchange.await(gate("begin " + wave));
    if (target.hashCode() % 2 == 0) {
      exchange.head("200 OK", "Cache-Control: " + storable, "Content-Length: " + BODY_BYTES);
      exchange.send(THIRD);
      exchange.await(gate("finish " + wave));
      exchange.send(THIRD);
      exchange.send(THIRD);
      return;
    }
    exchange.chunkedHead("Cache-Control: " + storable);
    exchange.chunk(THIRD);
    exchange.await(gate("finish " + wave));
    exchange.chunk(THIRD);
    exchange.chunk(THIRD);
    exchange.lastChunk();
  }

  private Gate gate(String name) {
    return gates.computeIfAbsent(name, any -> new Gate());
  }

  /** All that the origin was asked for and may be stored is stored, by one fetch each. */
  void assertAllStoredAndNothingLeft() {
    holdfast.awaitNoCallers();
    holdfast.awaitNothingLeft();
    var asked = origin.requests().stream().map(Request::target).toList();
    var storable = asked.stream().filter(target -> !target.endsWith("?private")).toList();
    assertThat(storable).doesNotHaveDuplicates().hasSizeGreaterThan(WAVES * KEYS_OF_A_WAVE / 2);
    assertThat(holdfast.fills("stored")).isEqualTo(storable.size());
    assertThat(holdfast.fills("failed") + holdfast.fills("timed_out")).isZero();
    for (var target : storable) {
      var answer = holdfast.get(target);
      assertThat(answer.header("Cache-Status")).as(target).contains(";hit;");
      assertThat(answer.text()).isEqualTo(THIRD.repeat(3));
    }
    assertThat(origin.abortedByPeer()).isLessThanOrEqualTo((int) holdfast.fills("abandoned"));
    assertThat(holdfast.count("holdfast.callers.left", "reason", "disconnect"))
        .isGreaterThan(WAVES * WAVE / 4.0);
    holdfast.awaitNoCallers();
    storable.forEach(target -> holdfast.invalidate(new Scope.Target(target)));
    Await.until(() -> holdfast.gauge("holdfast.bodies.memory.used") == 0, "no byte held");
  }

  @Override
  public void close() {
    gates.values().forEach(Gate::open);
    holdfast.close();
    origin.close();
  }
}
