package dev.holdfast.fill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.http.CacheKey;
import dev.holdfast.http.FetchTimes;
import dev.holdfast.http.Fields;
import dev.holdfast.http.NotStorable;
import dev.holdfast.http.ResponseHead;
import dev.holdfast.http.Selecting;
import dev.holdfast.http.StoredResponse;
import dev.holdfast.testing.FakeTicker;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class NotStorableTargetsTest {

  private static final CacheKey KEY = new CacheKey("catalog", "/items/1");
  private static final CacheKey OTHER_KEY = new CacheKey("catalog", "/items/2");

  private static final Set<NotStorable> OF_ONE_REQUEST_OR_MOMENT =
      EnumSet.of(
          NotStorable.BYPASS,
          NotStorable.METHOD,
          NotStorable.PARTIAL_REQUEST,
          NotStorable.PARTIAL_RESPONSE,
          NotStorable.REQUEST_NO_STORE,
          NotStorable.IN_FLIGHT_MEMORY);

  private final FakeTicker ticker = new FakeTicker();
  private final NotStorableTargets targets = new NotStorableTargets(ticker);

  @Test
  void notStorableMark_isForItsKeyAndLastsShortly() {
    targets.add(KEY, NotStorable.PRIVATE, response(200));
    assertThat(targets.reason(KEY)).isNotNull();
    assertThat(targets.reason(OTHER_KEY)).isNull();

    ticker.advance(NotStorableTargets.LIFETIME.minusNanos(1));
    assertThat(targets.reason(KEY)).isNotNull();

    ticker.advance(Duration.ofNanos(1));
    assertThat(targets.reason(KEY)).isNull();
  }

  @Test
  void marks_areBounded() {
    for (int i = 0; i < 2 * NotStorableTargets.MAX_TARGETS; i++) {
      targets.add(key(i), NotStorable.PRIVATE, response(200));
    }

    long marked =
        IntStream.range(0, 2 * NotStorableTargets.MAX_TARGETS)
            .filter(i -> targets.reason(key(i)) != null)
            .count();
    assertThat(marked).isEqualTo(NotStorableTargets.MAX_TARGETS);
  }

  private static CacheKey key(int number) {
    return new CacheKey("catalog", "/items/" + number);
  }

  @ParameterizedTest
  @EnumSource
  void whatTheTargetIsLike_isMarked_butNotWhatOneRequestOrMomentWasLike(NotStorable reason) {
    targets.add(KEY, reason, response(200));

    assertThat(targets.reason(KEY))
        .isEqualTo(OF_ONE_REQUEST_OR_MOMENT.contains(reason) ? null : reason);
  }

  @ParameterizedTest
  @EnumSource(names = {"NO_FRESHNESS", "STALE"})
  void serversErrorWithoutFreshness_isSharedByAWave_andNotMarked(NotStorable reason) {
    targets.add(KEY, reason, response(503));
    assertThat(targets.reason(KEY)).isNull();

    targets.add(KEY, reason, response(404));
    assertThat(targets.reason(KEY)).isNotNull();
  }

  @ParameterizedTest
  @EnumSource(names = {"AUTHORIZATION", "COOKIE"})
  void whatOnesCredentialsWereAnswered_hidesNothingThatConcernsAll(NotStorable reason) {
    targets.add(KEY, reason, response(200));
    targets.add(KEY, NotStorable.NO_FRESHNESS, response(200));
    assertThat(targets.reason(KEY)).isEqualTo(NotStorable.NO_FRESHNESS);

    targets.add(KEY, reason, response(200));
    assertThat(targets.reason(KEY)).isEqualTo(NotStorable.NO_FRESHNESS);
  }

  @Test
  void responseThatIsStored_takesTheMarkAway() {
    targets.add(KEY, NotStorable.PRIVATE, response(200));

    targets.remove(KEY);

    assertThat(targets.reason(KEY)).isNull();
  }

  private static StoredResponse response(int status) {
    return new StoredResponse(
        new ResponseHead(status, "", Fields.EMPTY, "1.1"),
        Selecting.ALWAYS,
        new FetchTimes(Instant.EPOCH, Instant.EPOCH, Instant.EPOCH));
  }
}
