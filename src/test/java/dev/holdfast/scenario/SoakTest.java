package dev.holdfast.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.store.Scope;
import dev.holdfast.store.Store;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.internal.PlatformDependent;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Two origins that misbehave, one of them behind a network that does, and callers that leave at any
 * time: nothing is lost, nothing is left, and the memory is where it was.
 *
 * <p>{@code -Dholdfast.soak=PT5M} is how long it lasts, {@code -Dholdfast.seed=7} makes other
 * faults and callers.
 */
class SoakTest {

  private static final Duration TIME = Duration.parse(System.getProperty("holdfast.soak", "PT30S"));
  private static final long SEED = Long.getLong("holdfast.seed", 20261128L);
  private static final int CALLERS = 6;
  private static final List<String> EXPECTED_EVENTS = List.of("fill-failed", "breaker", "purge");
  private static final double MORE_BYTES = 32e6;

  private final Soak soak = new Soak();
  private final SoakOrigin steadyScript = new SoakOrigin(SEED, false);
  private final SoakOrigin faultyScript = new SoakOrigin(SEED + 1, true);
  private final ScriptedOrigin steady = new ScriptedOrigin().forgetful().otherwise(steadyScript);
  private final ScriptedOrigin faulty = new ScriptedOrigin().forgetful().otherwise(faultyScript);
  private final FaultProxy proxy = FaultProxy.before(faulty);
  private final EventLoopGroup loops =
      new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
  private final Holdfast holdfast =
      Holdfast.inFrontOf(
          steady,
          "path-prefix=/steady",
          "caller-timeout=300ms",
          "fetch-timeout=10m", // what breaks off is counted, and nothing else may
          "connect-timeout=10m",
          "resend=false",
          "resilience4j.bulkhead.instances.catalog.max-concurrent-calls=16",
          "resilience4j.circuitbreaker.instances.catalog.failure-rate-threshold=100",
          "holdfast.origins.faulty.base-url=" + proxy.baseUrl(),
          "holdfast.origins.faulty.caller-timeout=200ms",
          "holdfast.origins.faulty.fetch-timeout=1s",
          "resilience4j.bulkhead.instances.faulty.max-concurrent-calls=16",
          "resilience4j.circuitbreaker.instances.faulty.sliding-window-size=20",
          "resilience4j.circuitbreaker.instances.faulty.wait-duration-in-open-state=500ms",
          "holdfast.purge.tokens=" + SoakPurger.TOKEN,
          "holdfast.cache.max-memory=2MB",
          "holdfast.cache.max-in-flight-memory=1MB",
          "server.http2.enabled=true");

  private final SoakLog log = new SoakLog(); // last: starting the service sets the log up anew

  @AfterEach
  void stop() {
    holdfast.close();
    proxy.close();
    steady.close();
    faulty.close();
    loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    log.close();
    System.out.println("holdfast.seed=" + SEED + " " + soak + " events=" + log.events());
  }

  @Test
  void randomFaultsAndImpatientCallers_nothingIsLostAndNothingIsLeft() {
    load(TIME.dividedBy(5), 0);
    var heapBytes = heapBytes();
    var directBytes = PlatformDependent.usedDirectMemory();
    load(TIME.dividedBy(5).multipliedBy(4), 1000);

    assertThat(heapBytes()).isLessThan(heapBytes + MORE_BYTES);
    assertThat((double) PlatformDependent.usedDirectMemory()).isLessThan(directBytes + MORE_BYTES);
    assertNothingLost();
    assertNormalService();
    assertNoMemoryHeld();
    assertThat(log.events().keySet()).isSubsetOf(EXPECTED_EVENTS);
    assertThat(log.others()).isEmpty();
    assertThat(soak.verified).hasPositiveValue();
    assertThat(soak.cutOff).hasPositiveValue();
    assertThat(soak.errors).hasPositiveValue();
    assertThat(soak.purged).hasPositiveValue();
  }

  private void load(Duration time, int seedOffset) {
    List<Runnable> parts = new ArrayList<>();
    for (int i = 0; i < CALLERS; i++) {
      parts.add(new SoakCaller(soak, holdfast.port(), SEED + seedOffset + i));
    }
    parts.add(new SoakHttp2Caller(soak, loops, holdfast.port(), SEED + seedOffset));
    parts.add(new SoakWeather(proxy, SEED + seedOffset, soak));
    parts.add(new SoakPurger(soak, holdfast, steadyScript, faultyScript, SEED + seedOffset));
    soak.run(time, parts);
    holdfast.awaitNothingLeft();
    holdfast.awaitNoCallers();
  }

  /** What an origin without time-outs has sent whole, or has not, is what the fills came to. */
  private void assertNothingLost() {
    var stored = fills("catalog", "stored");
    var superseded = fills("catalog", "superseded");
    var noMemory = notStored("in-flight-memory") + notStored("cache-memory");
    assertThat(stored + superseded + noMemory).isEqualTo(steadyScript.storable.get());
    assertThat(fills("catalog", "failed")).isEqualTo(steadyScript.broken.get());
    assertThat(fills("catalog", "timed_out")).isZero();
    assertThat(fills("catalog", "not_storable")).isEqualTo(noMemory);
    assertThat(stored).isGreaterThan(noMemory);
    assertThat(fills("faulty", "stored") + fills("faulty", "superseded"))
        .isPositive()
        .isLessThanOrEqualTo(faultyScript.storable.get());
  }

  /** The faults are over: each origin answers the next request, an open breaker apart. */
  private void assertNormalService() {
    steadyScript.getWell();
    faultyScript.getWell();
    holdfast.bean(CircuitBreakerRegistry.class).circuitBreaker("faulty").transitionToClosedState();
    for (var origin : List.of("steady", "faulty")) {
      var answer = RawCaller.once(holdfast.port(), "GET", "/" + origin + "/after");
      assertThat(answer.status()).isEqualTo(200);
      soak.judge("/after", answer);
    }
    holdfast.awaitNothingLeft();
  }

  private void assertNoMemoryHeld() {
    assertThat(holdfast.gauge("holdfast.bodies.memory.used"))
        .isPositive()
        .isLessThan(holdfast.gauge("holdfast.cache.memory.used"));
    var store = holdfast.bean(Store.class);
    for (var origin : List.of("catalog", "faulty")) {
      for (int key = 0; key < SoakCaller.KEYS; key++) {
        var name = origin.equals("catalog") ? "steady" : origin;
        store.invalidate(origin, new Scope.Target("/" + name + "-" + key));
      }
      store.invalidate(origin, new Scope.Target("/after"));
    }
    Await.until(() -> holdfast.gauge("holdfast.bodies.memory.used") == 0, "no byte held");
  }

  private long fills(String origin, String result) {
    return holdfast
        .bean(MeterRegistry.class)
        .find("holdfast.fills")
        .tags("origin", origin, "result", result)
        .timers()
        .stream()
        .mapToLong(timer -> timer.count())
        .sum();
  }

  private long notStored(String reason) {
    return (long)
        holdfast.count("holdfast.fills.not.stored", "origin", "catalog", "reason", reason);
  }

  private static double heapBytes() {
    for (int i = 0; i < 3; i++) {
      System.gc();
    }
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }
}
