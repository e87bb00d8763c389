package dev.holdfast.policy;

import static dev.holdfast.policy.Given.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.http.StoredResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;

@DisplayName("RFC 9111 §4.2.3: what holds of every age")
class FreshnessPropertiesTest {

  private static final DateTimeFormatter IMF =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  /** One response in several versions that differ in how old they are, and in nothing else. */
  private record Case(
      List<String> common, Instant date, long ageSeconds, long delaySeconds, CachePolicy policy) {

    static Case random(Random random) {
      List<String> common = new ArrayList<>();
      if (random.nextBoolean()) {
        common.addAll(List.of("Cache-Control", "max-age=" + random.nextInt(200)));
      }
      if (random.nextInt(3) == 0) {
        common.addAll(List.of("Cache-Control", "s-maxage=" + random.nextInt(200)));
      }
      Long overrideTtl = random.nextInt(3) == 0 ? (Long) (long) random.nextInt(200) : null;
      return new Case(
          common,
          NOON.plusSeconds(random.nextInt(400) - 200),
          random.nextInt(200),
          random.nextInt(30) - 5,
          Given.policy(random.nextInt(200), overrideTtl, true));
    }

    /** The response with that much more of each kind of age. */
    StoredResponse olderBy(long dateSeconds, long ageSecondsMore, long delaySecondsMore) {
      List<String> fields = new ArrayList<>(common);
      fields.addAll(List.of("Date", IMF.format(date.minusSeconds(dateSeconds))));
      fields.addAll(List.of("Age", Long.toString(ageSeconds + ageSecondsMore)));
      Instant requestTime = NOON.minusSeconds(delaySeconds + delaySecondsMore);
      return Given.received(requestTime, NOON, Given.get(), 200, fields.toArray(new String[0]));
    }

    Duration ttl(StoredResponse response, long sinceNoonSeconds) {
      return Freshness.ttl(response, policy, NOON.plusSeconds(sinceNoonSeconds));
    }
  }

  @RepeatedTest(20)
  void moreAge_neverMakesAResponseFresher(RepetitionInfo repetition) {
    Random random = new Random(repetition.getCurrentRepetition());
    for (int i = 0; i < 500; i++) {
      Case one = Case.random(random);
      int more = random.nextInt(100);
      Duration ttl = one.ttl(one.olderBy(0, 0, 0), 0);

      assertThat(one.ttl(one.olderBy(more, 0, 0), 0)).as("%s", one).isLessThanOrEqualTo(ttl);
      assertThat(one.ttl(one.olderBy(0, more, 0), 0)).as("%s", one).isLessThanOrEqualTo(ttl);
      assertThat(one.ttl(one.olderBy(0, 0, more), 0)).as("%s", one).isLessThanOrEqualTo(ttl);
      assertThat(one.ttl(one.olderBy(0, 0, 0), more))
          .as("%s", one)
          .isEqualTo(ttl.minusSeconds(more));
    }
  }

  @RepeatedTest(20)
  void noClock_makesAnAgeNegative(RepetitionInfo repetition) {
    Random random = new Random(repetition.getCurrentRepetition());
    for (int i = 0; i < 500; i++) {
      Case one = Case.random(random);
      StoredResponse response = one.olderBy(-random.nextInt(500), 0, -random.nextInt(500));
      Instant now = NOON.plusSeconds(random.nextInt(1000) - 500);

      assertThat(Freshness.currentAge(response, now))
          .as("%s", one)
          .isGreaterThanOrEqualTo(Duration.ofSeconds(one.ageSeconds()));
    }
  }
}
