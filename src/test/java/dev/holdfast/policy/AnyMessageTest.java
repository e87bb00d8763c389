package dev.holdfast.policy;

import static dev.holdfast.policy.Given.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.holdfast.http.FetchTimes;
import dev.holdfast.http.Fields;
import dev.holdfast.http.RequestHead;
import dev.holdfast.http.StoredResponse;
import dev.holdfast.testing.AnyText;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("RFC 9111: what holds of any request, any response and any age")
class AnyMessageTest {

  private static final int MESSAGES = 5_000;
  private static final URI BASE_URL = URI.create("http://catalog:9000/base");
  private static final KeyPolicy KEYS =
      new KeyPolicy(
          List.of("a*"), true, List.of("accept", "range"), KeyPolicy.secret(new byte[] {1}));

  @Test
  void anyMessage_isDecidedOn() {
    for (int seed = 0; seed < MESSAGES; seed++) {
      Random random = new Random(seed);
      RequestHead request = AnyMessage.request(random);
      StoredResponse response = AnyMessage.response(request, random);
      CachePolicy policy = AnyMessage.policy(random);
      String target = random.nextBoolean() ? "/items/1" : "/" + AnyText.of(random);

      assertThatCode(() -> decideOn(withTarget(request, target), response, policy, random))
          .as("seed %d: %s of %s, %s", seed, request, target, response)
          .doesNotThrowAnyException();
    }
  }

  private static void decideOn(
      RequestHead request, StoredResponse response, CachePolicy policy, Random random) {
    Instant now = anyTime(random);
    StoredResponse other = AnyMessage.response(request, random);
    Reuse.decide(request, null, random.nextBoolean(), random.nextBoolean(), policy, now);
    decide(request, response, policy, now);
    Reuse.onError(request, response, policy, now);
    Storability.judge(request, response, BASE_URL, policy);
    Sharing.allows(null, response, request, policy, now);
    Sharing.shared(response.head(), policy);
    Validation.conditional(request, response, List.of(response));
    Validation.freshened(response, request, other.head(), new FetchTimes(now, now, now), policy);
    Validation.isHeadOf(response, 5, other.head());
    Preconditions.notModified(request, response);
    Preconditions.notModifiedHead(response.head());
    Preconditions.ifRangeHolds(request, response.head());
    Invalidation.namedTargets(BASE_URL, request, response.head());
    KEYS.keyOf("catalog", request);
  }

  @DisplayName("§4.2: what is served later would be served earlier, on an error as well")
  @Test
  void moreAge_makesNothingUsable() {
    int grownOld = 0;
    for (int seed = 0; seed < MESSAGES; seed++) {
      Random random = new Random(seed);
      RequestHead request =
          random.nextBoolean() ? AnyMessage.request(random) : Demand.any(random).request();
      StoredResponse response = AnyMessage.response(request, random);
      CachePolicy policy = AnyMessage.policy(random);
      Instant early = anyTime(random);
      Instant late = early.plusSeconds(random.nextInt(100));

      boolean earlier = isServed(request, response, policy, early);
      boolean later = isServed(request, response, policy, late);
      boolean earlierOnError = Reuse.onError(request, response, policy, early) != null;
      boolean laterOnError = Reuse.onError(request, response, policy, late) != null;

      assertThat(earlier || !later).as("seed %d: %s, %s", seed, request, response).isTrue();
      assertThat(earlierOnError || !laterOnError).as("seed %d, on an error", seed).isTrue();
      grownOld += earlier && !later ? 1 : 0;
    }
    assertThat(grownOld).as("age does make a difference").isGreaterThan(MESSAGES / 100);
  }

  @DisplayName("§5.2.1: a request that demands more is served nothing that one of less is not")
  @Test
  void stricterRequest_isServedNoMore() {
    int refused = 0;
    int served = 0;
    for (int seed = 0; seed < MESSAGES; seed++) {
      Random random = new Random(seed);
      StoredResponse response = AnyMessage.response(Given.get(), random);
      CachePolicy policy = AnyMessage.policy(random);
      Demand demand = Demand.any(random);
      Demand stricter = demand.stricter(random);
      Instant now = anyTime(random);

      boolean usual = isServed(demand.request(), response, policy, now);
      boolean strict = isServed(stricter.request(), response, policy, now);

      assertThat(usual || !strict)
          .as("seed %d: %s is served, %s is not: %s", seed, stricter, demand, response)
          .isTrue();
      refused += usual && !strict ? 1 : 0;
      served += strict ? 1 : 0;
    }
    assertThat(refused).as("strictness does make a difference").isGreaterThan(MESSAGES / 100);
    assertThat(served).as("not to all").isGreaterThan(MESSAGES / 100);
  }

  @DisplayName("§3: what forbids storing does so whatever else is said, rightly or wrongly")
  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "Cache-Control: no-store",
        "Cache-Control: No-Store=1",
        "Cache-Control: max-age=60, private",
        "Cache-Control: private, public",
        "Vary: Accept, *",
      })
  void whatForbidsStoring_doesSoWhateverElseIsSaid(String forbidding) {
    int allowed = 0;
    for (int seed = 0; seed < MESSAGES; seed++) {
      Random random = new Random(seed);
      RequestHead request = AnyMessage.request(random);
      CachePolicy policy = AnyMessage.policy(random);
      long drawn = random.nextLong();
      StoredResponse without = AnyMessage.response(request, new Random(drawn));
      StoredResponse response = AnyMessage.response(request, new Random(drawn), forbidding);

      assertThat(Storability.judge(request, response, BASE_URL, policy).allowed())
          .as("seed %d: %s, %s", seed, request, response)
          .isFalse();
      allowed += Storability.judge(request, without, BASE_URL, policy).allowed() ? 1 : 0;
    }
    assertThat(allowed).as("without it some are stored").isGreaterThan(MESSAGES / 20);
  }

  private static boolean isServed(
      RequestHead request, StoredResponse response, CachePolicy policy, Instant now) {
    return decide(request, response, policy, now) instanceof Decision.Serve;
  }

  private static Decision decide(
      RequestHead request, StoredResponse response, CachePolicy policy, Instant now) {
    return Reuse.decide(request, response, false, false, policy, now);
  }

  private static RequestHead withTarget(RequestHead request, String target) {
    return new RequestHead(request.method(), target, request.fields(), request.version());
  }

  /** Up to two minutes after the response came, or a little before. */
  private static Instant anyTime(Random random) {
    return NOON.plusSeconds(random.nextInt(130) - 10);
  }

  /**
   * What a request asks of a stored response (§5.2.1).
   *
   * @param maxAge none where it is very great
   * @param minFresh none where it is 0
   * @param maxStale none where it is negative
   */
  private record Demand(boolean noCache, int maxAge, int minFresh, int maxStale) {

    private static final int ANY_AGE = 1000;

    static Demand any(Random random) {
      return new Demand(
          random.nextInt(8) == 0,
          random.nextBoolean() ? random.nextInt(100) : ANY_AGE,
          random.nextBoolean() ? random.nextInt(60) : 0,
          random.nextBoolean() ? random.nextInt(100) : -1);
    }

    Demand stricter(Random random) {
      return new Demand(
          noCache || random.nextInt(8) == 0,
          maxAge - random.nextInt(2) * random.nextInt(maxAge + 1),
          minFresh + random.nextInt(2) * random.nextInt(30),
          Math.max(-1, maxStale - random.nextInt(2) * random.nextInt(100)));
    }

    RequestHead request() {
      Fields.Builder fields = Fields.builder();
      if (noCache) {
        fields.add("Cache-Control", "no-cache");
      }
      if (maxAge < ANY_AGE) {
        fields.add("Cache-Control", "max-age=" + maxAge);
      }
      if (minFresh > 0) {
        fields.add("Cache-Control", "min-fresh=" + minFresh);
      }
      if (maxStale >= 0) {
        fields.add("Cache-Control", "max-stale=" + maxStale);
      }
      return Given.get().withFields(fields.build());
    }
  }
}
