package dev.holdfast.policy;

import dev.holdfast.http.FetchTimes;
import dev.holdfast.http.Fields;
import dev.holdfast.http.RequestHead;
import dev.holdfast.http.ResponseHead;
import dev.holdfast.http.Selecting;
import dev.holdfast.http.StoredResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The messages and policies that the tables are about. */
final class Given {

  /** When responses are received, unless a table says otherwise. */
  static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");

  /** {@link #NOON} as a {@code Date}. */
  static final String NOON_DATE = "Mon, 23 Nov 2026 12:00:00 GMT";

  /** What is configured where nothing is. */
  static final CachePolicy DEFAULTS = policy(0, null, true);

  private Given() {}

  static CachePolicy policy(
      long defaultTtlSeconds, @Nullable Long overrideTtlSeconds, boolean privateCookies) {
    return new CachePolicy(
        Duration.ofSeconds(defaultTtlSeconds),
        overrideTtlSeconds == null ? null : Duration.ofSeconds(overrideTtlSeconds),
        null,
        Set.of(),
        privateCookies,
        false,
        Duration.ZERO,
        Duration.ZERO);
  }

  static CachePolicy defaultTtl(long seconds) {
    return policy(seconds, null, true);
  }

  static CachePolicy overrideTtl(long seconds) {
    return policy(0, seconds, true);
  }

  static RequestHead get(String... fields) {
    return request("GET", fields);
  }

  static RequestHead request(String method, String... fields) {
    return new RequestHead(method, "/items/1", Fields.of(fields), "1.1");
  }

  /** A response to a plain {@code GET}, asked for and received at noon. */
  static StoredResponse response(int status, String... fields) {
    return response(get(), status, fields);
  }

  static StoredResponse response(RequestHead request, int status, String... fields) {
    return received(NOON, NOON, request, status, fields);
  }

  static StoredResponse received(
      Instant requestTime,
      Instant responseTime,
      RequestHead request,
      int status,
      String... fields) {
    return fetched(
        new FetchTimes(requestTime, responseTime, responseTime), request, status, fields);
  }

  static StoredResponse fetched(
      FetchTimes fetched, RequestHead request, int status, String... fields) {
    Fields lines = Fields.of(fields);
    return new StoredResponse(
        new ResponseHead(status, "", lines, "1.1"), Selecting.of(lines, request.fields()), fetched);
  }

  /** A response received at noon by the calendar, when the time that passes was at zero. */
  static StoredResponse atZero(String... fields) {
    FetchTimes times = new FetchTimes(Instant.EPOCH, Instant.EPOCH, NOON);
    return fetched(times, get(), 200, fields);
  }

  /** The 200 that has these field lines, written {@code Name: value} with {@code ;;} between. */
  static StoredResponse written(String lines) {
    return response(200, lines(lines));
  }

  /** Names and values of field lines, written {@code Name: value} with {@code ;;} between. */
  static String[] lines(String written) {
    List<String> parts = new ArrayList<>();
    for (String line : written.split(";;", -1)) {
      if (!line.isBlank()) {
        parts.addAll(Arrays.asList(line.strip().split(":\\s*", 2)));
      }
    }
    return parts.toArray(new String[0]);
  }

  static Instant noonPlus(double seconds) {
    return NOON.plusMillis(Math.round(seconds * 1000));
  }
}
