package dev.holdfast.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.cache.Cache;
import org.springframework.cache.CacheManager;

/**
 * An invalidation at each moment of a fill, in each form: nobody who asks after it gets the old.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class InvalidationTest {

  private enum Moment {
    BEFORE_THE_HEAD,
    AFTER_THE_HEAD,
    IN_MID_BODY,
    AFTER_THE_LAST_BYTE
  }

  private enum Form {
    EVICT,
    CLEAR,
    DELETE,
    PURGE,
    TARGET,
    PREFIX,
    TAG,
    EVERYTHING,
    SOFT_TARGET,
    SOFT_PREFIX,
    SOFT_TAG,
    SOFT_EVERYTHING;

    /** Whether what is made stale is stored all the same. */
    boolean isSoft() {
      return name().startsWith("SOFT");
    }
  }

  private static final String TOKEN = "a-token-of-the-tests";

  /** More than sockets and queues take for a caller who does not read. */
  private static final int BYTES = 7_500_000;

  private final ScriptedOrigin origin = new ScriptedOrigin();
  private Holdfast holdfast;
  private Gate gate = new Gate();

  @BeforeAll
  void start() {
    holdfast =
        Holdfast.inFrontOf(
            origin,
            "caller-timeout=20s",
            "holdfast.purge.tokens=" + TOKEN,
            "management.endpoints.web.exposure.include=health,caches",
            "management.endpoint.caches.access=unrestricted");
  }

  @AfterAll
  void stop() {
    holdfast.close();
    origin.close();
  }

  private static Stream<Arguments> everyMomentInEveryForm() {
    return Arrays.stream(Moment.values())
        .flatMap(moment -> Arrays.stream(Form.values()).map(form -> Arguments.of(moment, form)));
  }

  @ParameterizedTest
  @MethodSource("everyMomentInEveryForm")
  void invalidated_whoAsksAfterItGetsTheNewAndWhoAskedBeforeTheOldWhole(Moment moment, Form form) {
    var target = "/" + form + "/" + moment;
    var superseded = holdfast.fills("superseded");
    try (var before = holdfast.slowCaller();
        var after = holdfast.caller()) {
      beginFill(before, target, moment);

      invalidate(target, form);

      assertThat(after.exchange("GET", "/catalog" + target).text()).isEqualTo("new");
      gate.open();
      assertOld(
          moment == Moment.BEFORE_THE_HEAD ? before.readResponse().body() : before.readBody());
    }
    holdfast.awaitNothingLeft();
    assertThat(holdfast.get(target).text()).isEqualTo("new");
    assertThat(origin.requests(target)).isEqualTo(2);
    assertThat(holdfast.fills("superseded") - superseded)
        .isEqualTo(moment == Moment.AFTER_THE_LAST_BYTE ? 0 : 1);
  }

  @ParameterizedTest
  @EnumSource
  void notInvalidated_whoAsksLaterGetsTheSame(Moment moment) {
    var target = "/untouched/" + moment;
    try (var before = holdfast.slowCaller();
        var after = holdfast.caller()) {
      beginFill(before, target, moment);
      after.get("/catalog" + target);
      gate.open();

      assertOld(after.readResponse().body());
    }
    holdfast.awaitNothingLeft();
    assertThat(origin.requests(target)).isEqualTo(1);
  }

  /** Has a caller set off the fill, and returns when it is at that moment. */
  private void beginFill(RawCaller caller, String target, Moment moment) {
    gate = new Gate();
    origin.on(target, exchange -> answer(exchange, moment, gate));
    caller.get("/catalog" + target);
    origin.awaitRequests(target, 1);
    if (moment != Moment.BEFORE_THE_HEAD) {
      caller.readHead();
    }
    if (moment == Moment.AFTER_THE_LAST_BYTE) {
      Await.until(() -> holdfast.gauge("holdfast.fills.in.flight") == 0, "all has arrived");
      assertThat(holdfast.get(target).header("Cache-Status")).contains(";hit;");
    } else {
      assertThat(holdfast.gauge("holdfast.fills.in.flight")).isEqualTo(1);
    }
  }

  private static void answer(Exchange exchange, Moment moment, Gate gate) {
    if (exchange.request().nth() > 1) {
      exchange.ok("new", "Cache-Control: max-age=60");
      return;
    }
    var half = new byte[BYTES / 2];
    Arrays.fill(half, (byte) 'o');
    var length = "Content-Length: " + BYTES;
    awaitAt(Moment.BEFORE_THE_HEAD, exchange, moment, gate);
    exchange.head("200 OK", length, "Cache-Control: max-age=60", "Surrogate-Key: a tag z");
    awaitAt(Moment.AFTER_THE_HEAD, exchange, moment, gate);
    exchange.sendBytes(half);
    awaitAt(Moment.IN_MID_BODY, exchange, moment, gate);
    exchange.sendBytes(half);
  }

  private static void awaitAt(Moment here, Exchange exchange, Moment moment, Gate gate) {
    if (here == moment) {
      exchange.await(gate);
    }
  }

  private void invalidate(String target, Form form) {
    switch (form) {
      case EVICT -> cache().evict(target);
      case CLEAR -> cache().clear();
      case DELETE -> delete();
      case PURGE -> purgeByCaller(target);
      case TARGET, SOFT_TARGET -> purge(form, ",\"path\":\"" + target + "\"");
      case PREFIX, SOFT_PREFIX -> purge(form, ",\"prefix\":\"/" + form + "\"");
      case TAG, SOFT_TAG -> purge(form, ",\"tags\":[\"other\",\"tag\"]");
      case EVERYTHING, SOFT_EVERYTHING -> purge(form, "");
    }
  }

  private void purgeByCaller(String target) {
    var token = "Authorization: Bearer " + TOKEN;
    var answer = RawCaller.once(holdfast.port(), "PURGE", "/catalog" + target, token);
    assertThat(answer.status()).isEqualTo(200);
  }

  private void purge(Form form, String scope) {
    var mode = form.isSoft() ? "soft" : "invalidate";
    var json = "{\"origin\":\"catalog\",\"mode\":\"" + mode + "\"" + scope + "}";
    assertThat(holdfast.purge(TOKEN, json).status()).isEqualTo(200);
  }

  private Cache cache() {
    return Objects.requireNonNull(
        holdfast.bean(CacheManager.class).getCache(Holdfast.ORIGIN), Holdfast.ORIGIN);
  }

  private void delete() {
    var answer = holdfast.managed("DELETE", "/actuator/caches/catalog");
    assertThat(answer.status()).isEqualTo(204);
  }

  private static void assertOld(Body body) {
    assertThat(body.whole()).isTrue();
    assertThat(body.length()).isEqualTo(BYTES);
    assertThat(body.text().chars().allMatch(c -> c == 'o')).isTrue();
  }
}
