package dev.holdfast.policy;

import static dev.holdfast.policy.Given.NOON;
import static dev.holdfast.policy.Given.NOON_DATE;

import dev.holdfast.http.RequestHead;
import dev.holdfast.http.StoredResponse;
import dev.holdfast.testing.AnyText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** Messages drawn from all that matters to a cache, some of it misspelt. */
final class AnyMessage {

  private static final List<String> OF_REQUESTS =
      List.of(
          "Cache-Control: max-age=30",
          "Cache-Control: max-stale",
          "Cache-Control: max-stale=20",
          "Cache-Control: min-fresh=10",
          "Cache-Control: no-cache",
          "Cache-Control: no-store",
          "Cache-Control: only-if-cached",
          "Cache-Control: stale-if-error=50",
          "Pragma: no-cache",
          "Accept: text/html;q=0.5, */*",
          "Authorization: Bearer a",
          "Cookie: a=b",
          "Range: bytes=0-1",
          "If-None-Match: \"a\", W/\"b\"",
          "If-Modified-Since: " + NOON_DATE,
          "If-Range: \"a\"",
          "If-Match: *",
          "If-Unmodified-Since: " + NOON_DATE);

  private static final List<String> OF_RESPONSES =
      List.of(
          "Cache-Control: max-age=60",
          "Cache-Control: s-maxage=40",
          "Cache-Control: public",
          "Cache-Control: no-cache",
          "Cache-Control: no-cache=\"ETag\"",
          "Cache-Control: private=\"Set-Cookie\"",
          "Cache-Control: must-revalidate",
          "Cache-Control: stale-while-revalidate=30",
          "Cache-Control: stale-if-error=30",
          "Age: 10",
          "Date: " + NOON_DATE,
          "Expires: Mon, 23 Nov 2026 12:01:00 GMT",
          "Last-Modified: Mon, 23 Nov 2026 11:00:00 GMT",
          "ETag: \"a\"",
          "Vary: Accept",
          "Location: /items/2?x#y",
          "Content-Location: ../items/1",
          "Content-Length: 5",
          "Content-Type: text/html");

  private static final List<String> METHODS = List.of("GET", "GET", "GET", "HEAD", "POST", "WALK");
  private static final List<Integer> STATUSES = List.of(200, 200, 200, 206, 304, 404, 503, 599);

  private AnyMessage() {}

  static RequestHead request(Random random) {
    return Given.request(oneOf(METHODS, random), fields(OF_REQUESTS, random));
  }

  /** A response to that request, with more lines besides, written {@code Name: value}. */
  static StoredResponse response(RequestHead request, Random random, String... lines) {
    List<String> fields = new ArrayList<>(List.of(fields(OF_RESPONSES, random)));
    Collections.addAll(fields, Given.lines(String.join(";;", lines)));
    return Given.received(
        NOON.minusSeconds(random.nextInt(5)),
        NOON,
        request,
        oneOf(STATUSES, random),
        fields.toArray(new String[0]));
  }

  static CachePolicy policy(Random random) {
    Duration anyTtl = Duration.ofSeconds(random.nextInt(3) * 20L);
    return new CachePolicy(
        anyTtl,
        random.nextInt(4) == 0 ? anyTtl : null,
        random.nextBoolean() ? Duration.ofHours(1) : null,
        Set.of(),
        random.nextBoolean(),
        random.nextBoolean(),
        Duration.ofSeconds(random.nextInt(2) * 30L),
        Duration.ofSeconds(random.nextInt(2) * 30L));
  }

  /** A few lines, of which one in six says anything. */
  private static String[] fields(List<String> lines, Random random) {
    List<String> fields = new ArrayList<>();
    for (int left = random.nextInt(6); left > 0; left--) {
      String[] line = oneOf(lines, random).split(": ", 2);
      Collections.addAll(fields, line[0], random.nextInt(6) == 0 ? AnyText.of(random) : line[1]);
    }
    return fields.toArray(new String[0]);
  }

  private static <T> T oneOf(List<T> all, Random random) {
    return all.get(random.nextInt(all.size()));
  }
}
