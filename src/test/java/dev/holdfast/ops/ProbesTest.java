package dev.holdfast.ops;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.fill.Loads;
import dev.holdfast.origin.OriginFailure;
import dev.holdfast.origin.OriginFailures;
import dev.holdfast.origin.OriginProbe;
import dev.holdfast.springcache.TestCaches;
import dev.holdfast.testing.FakeTicker;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.ReactiveHealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.cache.Cache;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.scheduler.VirtualTimeScheduler;

/** The origins' health: each by its own probe, which is cached for all who ask. */
class ProbesTest {

  private final TestCaches context =
      new TestCaches(
          ScriptedProbe.class,
          ProbeCaches.class,
          Probes.class,
          OriginsHealthContributor.class,
          LoadMeters.class);
  private final ScriptedProbe origins = context.bean(ScriptedProbe.class);
  private final FakeTicker ticker = context.bean(FakeTicker.class);

  @AfterEach
  void close() {
    assertThat(context.bean(Loads.class).running("catalog")).isZero();
    assertThat(context.bean(Loads.class).running("shop")).isZero();
    context.close();
  }

  @Test
  void manyAskAtOnce_oneProbeAnswersAll() {
    List<Health> heard = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      health("catalog").subscribe(heard::add);
    }
    assertThat(heard).isEmpty();
    assertThat(inFlight("catalog")).isEqualTo(1);
    assertThat(inFlight("shop")).isZero();

    context.bean(VirtualTimeScheduler.class).advanceTimeBy(Duration.ofMillis(12));
    origins.answer(200);

    assertThat(heard)
        .hasSize(20)
        .containsOnly(Health.up().withDetail("status", 200).withDetail("took-ms", 12L).build());
    assertThat(origins.asked).containsExactly("catalog");
    assertThat(inFlight("catalog")).isZero();
  }

  @Test
  void answer_isKeptForFiveSeconds_inItsOriginsOwnCache() {
    ask("catalog");
    origins.answer(404);
    ticker.advance(Duration.ofMillis(4_999));

    assertThat(ask("catalog").health()).extracting(Health::getStatus).isEqualTo(Status.UP);
    assertThat(origins.asked).hasSize(1);
    assertThat(cache("catalog").get(new ProbeKey("catalog"))).isNotNull();
    assertThat(cache("shop").get(new ProbeKey("catalog"))).isNull();

    ticker.advance(Duration.ofMillis(1));
    assertThat(ask("catalog").health()).isNull();
    assertThat(origins.asked).hasSize(2);
    origins.answer(200);
  }

  @Test
  void originDown_saysWhy_andIsKeptAsLong() {
    Asked first = ask("catalog");
    origins.fail(OriginFailures.unreachable());

    assertThat(first.health())
        .isEqualTo(
            Health.down()
                .withDetail("reason", "there is no connection to the origin: refused")
                .build());
    assertThat(ask("catalog").health()).isEqualTo(first.health());
    assertThat(origins.asked).hasSize(1);
    ticker.advance(Probed.KEPT_FOR);
    ask("catalog");
    origins.answer(200);
    assertThat(ask("catalog").health()).extracting(Health::getStatus).isEqualTo(Status.UP);
  }

  @Test
  void failureThatQuotesTheOrigin_isShownWithoutTheQuotation() {
    Asked first = ask("catalog");
    origins.fail(OriginFailure.of(new IllegalArgumentException("bad header: Set-Cookie: s3cret")));

    assertThat(first.health())
        .isEqualTo(Health.down().withDetail("reason", "the origin's response is broken").build());
  }

  @Test
  void oneWhoAsksAndLeaves_changesNothingForTheOthers() {
    Asked leaves = ask("catalog");
    Asked stays = ask("catalog");
    leaves.waiting().dispose();

    assertThat(origins.cancelled).isZero();
    origins.answer(200);

    assertThat(stays.health()).extracting(Health::getStatus).isEqualTo(Status.UP);
    assertThat(leaves.health()).isNull();
    assertThat(origins.asked).hasSize(1);
  }

  @Test
  void allWhoAskLeave_theAnswerIsKept() {
    ask("catalog").waiting().dispose();

    origins.answer(200);

    assertThat(ask("catalog").health()).extracting(Health::getStatus).isEqualTo(Status.UP);
    assertThat(origins.asked).hasSize(1);
  }

  @Test
  void probeThatNeverEnds_leavesTheOriginUnknown_andIsGivenUp() {
    Asked asked = ask("catalog");

    context.bean(VirtualTimeScheduler.class).advanceTimeBy(Duration.ofSeconds(30));

    assertThat(asked.health()).extracting(Health::getStatus).isEqualTo(Status.UNKNOWN);
    assertThat(String.valueOf(asked.health())).contains("fetch-timeout");
    assertThat(origins.cancelled).isEqualTo(1);
  }

  @Test
  void descriptorThatNobodySubscribes_probesNothing() {
    Mono<Health> unused = health("catalog");

    assertThat(unused).isNotNull();
    assertThat(origins.asked).isEmpty();
  }

  @Test
  void eachOrigin_isAComponentOfItsOwn() {
    OriginsHealthContributor contributor = context.bean(OriginsHealthContributor.class);

    assertThat(contributor.stream()).extracting(entry -> entry.name()).contains("catalog", "shop");
    assertThat(contributor.getContributor("none")).isNull();
    ask("catalog");
    Asked shop = ask("shop");
    assertThat(origins.asked).containsExactly("catalog", "shop");
    origins.answer(200);
    assertThat(shop.health()).isNotNull();
    origins.answerAll(200);
  }

  private double inFlight(String origin) {
    MeterRegistry registry = new SimpleMeterRegistry();
    context.bean(LoadMeters.class).bindTo(registry);
    return registry.get("holdfast.loads.in.flight").tag("origin", origin).gauge().value();
  }

  private Cache cache(String name) {
    return context.cache(name);
  }

  private Mono<Health> health(String origin) {
    return ((ReactiveHealthIndicator)
            Objects.requireNonNull(
                context.bean(OriginsHealthContributor.class).getContributor(origin)))
        .health();
  }

  private Asked ask(String origin) {
    List<Health> heard = new ArrayList<>();
    return new Asked(heard, health(origin).subscribe(heard::add));
  }

  /** One who asked, and what it was told so far. */
  private record Asked(List<Health> heard, Disposable waiting) {
    @Nullable Health health() {
      return heard.isEmpty() ? null : heard.get(0);
    }
  }

  /** Origins that answer when the test says so, the latest probe first. */
  static final class ScriptedProbe implements OriginProbe {
    private final List<String> asked = new ArrayList<>();
    private final List<Sinks.One<Integer>> probes = new ArrayList<>();
    private int cancelled;

    @Override
    public Mono<Integer> probe(String origin) {
      return Mono.defer(
          () -> {
            Sinks.One<Integer> probe = Sinks.one();
            asked.add(origin);
            probes.add(probe);
            return probe.asMono().doOnCancel(() -> cancelled++);
          });
    }

    void answer(int status) {
      probes.get(probes.size() - 1).tryEmitValue(status).orThrow();
    }

    void answerAll(int status) {
      probes.forEach(probe -> probe.tryEmitValue(status));
    }

    void fail(Throwable failure) {
      probes.get(probes.size() - 1).tryEmitError(failure).orThrow();
    }
  }
}
