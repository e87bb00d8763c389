package dev.holdfast.scenario;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a caller must see at the end of a turn. */
final class Seen {

  static final int THIS_TURN = -1;

  /** On a busy machine a conversation may last that long before an age looks wrong. */
  private static final int SLACK_SECONDS = 40;

  /** Whose answer is seen; 0: the cache's own. */
  int source;

  /** 0: the source's own. */
  int status;

  /** {@code null}: the source's own. */
  @Nullable String content;

  /** In seconds, or little more; {@code null}: whatever it is. */
  @Nullable Long age;

  /** In seconds, or little less; {@code null}: whatever it is. */
  @Nullable Long ttl;

  /** Fields of the source that the cache leaves out, or has others for. */
  final Set<String> changed = new HashSet<>();

  final List<String> fields = new ArrayList<>();
  final List<String> cacheStatus = new ArrayList<>();

  /**
   * In what the response differs.
   *
   * @param answered the source, {@code null} if there is none
   */
  List<String> differences(
      String method, Response response, @Nullable Answer answered, Placeholders play) {
    var differences = new ArrayList<String>();
    addUnlessEqual(differences, "status", response.status(), expectedStatus(answered));
    differences.addAll(expectedFields(answered, play).differences(response.head().headers()));
    if (answered != null) {
      var whole = answered.isWhole();
      var all = content == null ? answered.content() : content;
      var text = hasContent(method, response.status()) ? all : "";
      addUnlessEqual(differences, "content", response.text(), text);
      addUnlessEqual(differences, "that it is whole", response.whole(), whole);
    }
    var cacheStatus = cacheStatus(response);
    addDifferencesOfTimes(differences, response, cacheStatus);
    addDifferencesOfCacheStatus(differences, cacheStatus);
    return differences;
  }

  private int expectedStatus(@Nullable Answer answered) {
    return status == 0 && answered != null ? answered.code() : status;
  }

  /**
   * A 304 or 416 that the cache makes lacks some fields; else all that the origin sent are there.
   */
  private ExpectedFields expectedFields(@Nullable Answer answered, Placeholders play) {
    var own = new ExpectedFields(play.in(fields));
    boolean made =
        (status == 304 || status == 416) && answered != null && answered.code() != status;
    if (answered == null || made) {
      return own;
    }
    return own.and(answered.fields(), changed);
  }

  private static boolean hasContent(String method, int status) {
    return !method.equals("HEAD") && status != 204 && status != 304;
  }

  private void addDifferencesOfTimes(
      List<String> differences, Response response, String cacheStatus) {
    var shownAge = response.header("Age");
    if (age != null && !isBetween(age, shownAge, age + SLACK_SECONDS)) {
      differences.add("Age is " + shownAge + ", not " + age + " or little more");
    }
    var shownTtl = cacheStatus.replaceFirst(".*;ttl=(-?\\d+).*", "$1");
    if (ttl != null && !isBetween(ttl - SLACK_SECONDS, shownTtl, ttl)) {
      differences.add("ttl is " + shownTtl + ", not " + ttl + " or little less");
    }
  }

  private static boolean isBetween(long least, @Nullable String number, long most) {
    if (number == null || !number.matches("-?\\d{1,18}")) {
      return false;
    }
    var parsed = Long.parseLong(number);
    return parsed >= least && parsed <= most;
  }

  /** The last member is this cache's (RFC 9211 §2). */
  private static String cacheStatus(Response response) {
    var all = response.head().headers("Cache-Status");
    return all.isEmpty() ? "" : all.get(all.size() - 1).replaceFirst(".*, ", "");
  }

  private void addDifferencesOfCacheStatus(List<String> differences, String shown) {
    var parameters = Set.copyOf(Arrays.asList(shown.split(";")));
    for (var expected : cacheStatus) {
      var absent = expected.startsWith("!");
      var name = absent ? expected.substring(1) : expected;
      var there = parameters.stream().anyMatch(p -> p.equals(name) || p.startsWith(name + "="));
      if (there == absent) {
        differences.add("Cache-Status is " + shown + ", expected " + expected);
      }
    }
  }

  private static void addUnlessEqual(
      List<String> differences, String what, Object actual, @Nullable Object expected) {
    if (!actual.equals(expected)) {
      differences.add("%s is %s, not %s".formatted(what, actual, expected));
    }
  }
}
