package dev.holdfast.fill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.http.CacheKey;
import dev.holdfast.http.Fields;
import dev.holdfast.http.NotStorable;
import dev.holdfast.http.ResponseHead;
import dev.holdfast.http.Selecting;
import dev.holdfast.http.StoredResponse;
import dev.holdfast.testing.FakeTicker;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

class HintsTest {

  private static final CacheKey KEY = new CacheKey("catalog", "/items/1");
  private static final CacheKey OTHER_KEY = new CacheKey("catalog", "/items/2");

  private final FakeTicker ticker = new FakeTicker();
  private final Hints hints = new Hints(ticker);

  @Test
  void notStorableMark_isForItsKeyAndLastsShortly() {
    hints.notStorable(KEY, NotStorable.PRIVATE, response(200));
    assertThat(hints.isNotStorable(KEY)).isTrue();
    assertThat(hints.isNotStorable(OTHER_KEY)).isFalse();

    ticker.advance(Hints.LIFETIME.minusNanos(1));
    assertThat(hints.isNotStorable(KEY)).isTrue();

    ticker.advance(Duration.ofNanos(1));
    assertThat(hints.isNotStorable(KEY)).isFalse();
  }

  @ParameterizedTest
  @EnumSource(
      names = {"METHOD", "PARTIAL_REQUEST", "REQUEST_NO_STORE", "IN_FLIGHT_MEMORY"},
      mode = Mode.EXCLUDE)
  void whatTheTargetIsLike_isMarked(NotStorable reason) {
    hints.notStorable(KEY, reason, response(200));

    assertThat(hints.isNotStorable(KEY)).isTrue();
  }

  @ParameterizedTest
  @EnumSource(names = {"METHOD", "PARTIAL_REQUEST", "REQUEST_NO_STORE", "IN_FLIGHT_MEMORY"})
  void whatOneRequestOrMomentWasLike_isNotMarked(NotStorable reason) {
    hints.notStorable(KEY, reason, response(200));

    assertThat(hints.isNotStorable(KEY)).isFalse();
  }

  @ParameterizedTest
  @EnumSource(names = {"NO_FRESHNESS", "STALE"})
  void serversErrorWithoutFreshness_isSharedByAWave_andNotMarked(NotStorable reason) {
    hints.notStorable(KEY, reason, response(503));
    assertThat(hints.isNotStorable(KEY)).isFalse();

    hints.notStorable(KEY, reason, response(404));
    assertThat(hints.isNotStorable(KEY)).isTrue();
  }

  @Test
  void responseThatIsStored_takesTheMarkAway() {
    hints.notStorable(KEY, NotStorable.PRIVATE, response(200));

    hints.selectedBy(KEY, List.of());

    assertThat(hints.isNotStorable(KEY)).isFalse();
  }

  @Test
  void selectingNames_areRememberedShortly() {
    assertThat(hints.selectingNames(KEY)).isNull();
    hints.selectedBy(KEY, List.of("accept-language"));
    assertThat(hints.selectingNames(KEY)).containsExactly("accept-language");
    assertThat(hints.selectingNames(OTHER_KEY)).isNull();

    ticker.advance(Hints.LIFETIME);
    assertThat(hints.selectingNames(KEY)).isNull();
  }

  @Test
  void responseThatNothingSelects_leavesNoNames() {
    hints.selectedBy(KEY, List.of());

    assertThat(hints.selectingNames(KEY)).isNull();
  }

  private static StoredResponse response(int status) {
    return new StoredResponse(
        new ResponseHead(status, "", Fields.EMPTY, "1.1"),
        Selecting.ALWAYS,
        Instant.EPOCH,
        Instant.EPOCH);
  }
}
