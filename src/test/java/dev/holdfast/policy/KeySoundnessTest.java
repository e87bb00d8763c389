package dev.holdfast.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.http.Fields;
import dev.holdfast.http.RequestHead;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * What two requests with one key have in common, in any two of them that hardly differ: by default
 * every byte of the target, and with each option all that it does not give up by its definition.
 */
class KeySoundnessTest {

  private static final int PAIRS = 100_000;
  private static final String CACHE = "catalog";
  private static final List<String> NO_NAMES = List.of();
  private static final List<String> IGNORED = List.of("utm_*", "gclid");

  /** What the option's words say of {@link #IGNORED}. */
  private static final Pattern IS_IGNORED = Pattern.compile("(utm_[^=;]*|gclid)(=[^;]*)?");

  /** What servers take for each other, or cut targets at. */
  private static final List<String> PIECES =
      List.of(
          "/",
          "//",
          "/./",
          "/../",
          "a",
          "A",
          "%61",
          "%41",
          "%2f",
          "%2F",
          "%2e",
          ".",
          ";",
          "%3b",
          "?",
          "%3f",
          "&",
          "&&",
          "%26",
          "=",
          "%3d",
          "+",
          "%20",
          "%00",
          "%0a",
          "#",
          ",",
          "[]",
          "utm_x",
          "utm_x=1",
          "utm_",
          "UTM_x=1",
          "%75tm_x=1",
          "gclid",
          "gclid=1",
          "gclid2",
          "a=1",
          "a=2",
          "b=1",
          "b",
          "a=1&b=1",
          "b=1&a=1",
          "a=1;b=1",
          "utm_x=1;a=2",
          "&utm_x=1&",
          "?utm_x=1");

  /** What some server takes for one and the same, in pairs. */
  private static final List<String> LOOK_ALIKES =
      List.of(
          "%2f",
          "%2F", "/", "%2f", "//", "/", "/./", "/", "a", "A", "a", "%61", "A", "%41", "+", "%20",
          ";", "&", "&&", "&", "%26", "&", "%3d", "=", "%3b", ";", "%3f", "?", "%00", "", "%0a", "",
          "#", "", "[]", "", "a=1", "a=1&a=1", "a=1", "a=1&a=2", "/a/../", "/", "=", "");

  private static final List<String> VALUES =
      List.of("", "a", "b", "A", "a,b", "a, b", "a ,b", " ", ",", "-", "1:a", "2:a ", "3:a b", "é");

  @Test
  void nothingConfigured_oneKeyIsOneRequestLine() {
    holds(KeyPolicy.BY_TARGET, String::equals);
  }

  @Test
  void ignoredParameters_oneKeyIsOneLineButForThem() {
    Function<String, List<String>> counted = target -> counted(target, true);

    holds(
        new KeyPolicy(IGNORED, false, NO_NAMES, null),
        (one, other) -> counted.apply(one).equals(counted.apply(other)));
  }

  @Test
  void sortedQuery_oneKeyIsOneSequenceOfEachName() {
    holds(
        new KeyPolicy(NO_NAMES, true, NO_NAMES, null),
        (one, other) -> byName(counted(one, false)).equals(byName(counted(other, false))));
  }

  @Test
  void both_oneKeyIsOneSequenceOfEachNameThatCounts() {
    holds(
        new KeyPolicy(IGNORED, true, NO_NAMES, null),
        (one, other) -> byName(counted(one, true)).equals(byName(counted(other, true))));
  }

  @Test
  void headers_oneKeyIsOneValueOfEach_butForSpaceAroundCommas() {
    KeyPolicy policy = new KeyPolicy(NO_NAMES, false, List.of("x-one", "x-two"), null);
    Random random = new Random(5);
    int equal = 0;
    for (int i = 0; i < PAIRS; i++) {
      RequestHead one = withHeaders(random);
      RequestHead other = withHeaders(random);
      boolean same = policy.keyOf(CACHE, one).equals(policy.keyOf(CACHE, other));
      boolean alike = values(one).equals(values(other));
      assertThat(same).as("%s and %s", one.fields(), other.fields()).isEqualTo(alike);
      equal += same ? 1 : 0;
    }
    assertThat(equal).isBetween(PAIRS / 100, PAIRS / 2);
  }

  @Test
  void credentials_oneKeyIsOneListOfLines() {
    KeyPolicy policy = new KeyPolicy(NO_NAMES, false, NO_NAMES, KeyPolicy.secret(new byte[] {7}));
    Random random = new Random(6);
    int equal = 0;
    for (int i = 0; i < PAIRS; i++) {
      RequestHead one = with(random, "Authorization");
      RequestHead other = with(random, "authorization");
      boolean same = policy.keyOf(CACHE, one).equals(policy.keyOf(CACHE, other));
      boolean alike = one.fields().all("Authorization").equals(other.fields().all("Authorization"));
      assertThat(same).as("%s and %s", one.fields(), other.fields()).isEqualTo(alike);
      equal += same ? 1 : 0;
    }
    assertThat(equal).isBetween(PAIRS / 100, PAIRS / 2);
  }

  /** One key for two targets, if and only if they are as alike as is said. */
  private static void holds(KeyPolicy policy, BiPredicate<String, String> areAlike) {
    Random random = new Random(4);
    int equal = 0;
    int equalAndNotTheSame = 0;
    for (int i = 0; i < PAIRS; i++) {
      String one = target(random);
      String other = random.nextInt(4) == 0 ? shuffled(one, random) : changed(one, random);
      boolean same = policy.keyOf(CACHE, get(one)).equals(policy.keyOf(CACHE, get(other)));
      assertThat(same).as("%s and %s", one, other).isEqualTo(areAlike.test(one, other));
      equal += same ? 1 : 0;
      equalAndNotTheSame += same && !one.equals(other) ? 1 : 0;
    }
    assertThat(equal).isBetween(PAIRS / 100, PAIRS * 3 / 4);
    if (!policy.equals(KeyPolicy.BY_TARGET)) {
      assertThat(equalAndNotTheSame).as("the option is of use").isGreaterThan(PAIRS / 200);
    }
  }

  private static String target(Random random) {
    StringBuilder target = new StringBuilder(random.nextBoolean() ? "/p" : "/p?");
    for (int left = random.nextInt(7); left > 0; left--) {
      target.append(piece(random));
    }
    return target.toString();
  }

  /** The target with one piece more or other, one character less, or something that looks alike. */
  private static String changed(String target, Random random) {
    int place = 1 + random.nextInt(target.length());
    String before = target.substring(0, place);
    String after = target.substring(place);
    return switch (random.nextInt(8)) {
      case 0 -> before + piece(random) + after;
      case 1 -> before + (after.isEmpty() ? "" : after.substring(1));
      case 2 -> before + "&utm_x=" + random.nextInt(3) + after;
      case 3 -> before + (after.isEmpty() ? "" : piece(random) + after.substring(1));
      default -> before + lookingAlike(after, random);
    };
  }

  /** The text with the first of something in the place of what it is taken for, or that of it. */
  private static String lookingAlike(String text, Random random) {
    int pair = 2 * random.nextInt(LOOK_ALIKES.size() / 2);
    int from = random.nextInt(2);
    String looked = LOOK_ALIKES.get(pair + from);
    int at = text.indexOf(looked);
    return at < 0
        ? text
        : text.substring(0, at)
            + LOOK_ALIKES.get(pair + 1 - from)
            + text.substring(at + looked.length());
  }

  /** The target with one of its parameters in another place. */
  private static String shuffled(String target, Random random) {
    int query = target.indexOf('?');
    if (query < 0) {
      return target;
    }
    List<String> parameters = new ArrayList<>(List.of(target.substring(query + 1).split("&", -1)));
    String moved = parameters.remove(random.nextInt(parameters.size()));
    parameters.add(random.nextInt(parameters.size() + 1), moved);
    return target.substring(0, query + 1) + String.join("&", parameters);
  }

  private static String piece(Random random) {
    return PIECES.get(random.nextInt(PIECES.size()));
  }

  /** The path, and each parameter of the query that counts, by the words of the documentation. */
  private static List<String> counted(String target, boolean ignoring) {
    List<String> counted = new ArrayList<>();
    StringBuilder part = new StringBuilder();
    for (char next : (target + "&").toCharArray()) {
      boolean pathEnds = counted.isEmpty() && (next == '?' || part.length() == target.length());
      if (pathEnds || (next == '&' && !counted.isEmpty())) {
        counted.add(part.toString());
        part.setLength(0);
      } else {
        part.append(next);
      }
    }
    if (ignoring) {
      counted.subList(1, counted.size()).removeIf(each -> IS_IGNORED.matcher(each).matches());
    }
    return counted;
  }

  /** Parameters by their names, in their order; empty ones are none. The path is under none. */
  private static Map<String, List<String>> byName(List<String> counted) {
    Map<String, List<String>> byName = new TreeMap<>();
    byName.put("/", List.of(counted.get(0)));
    for (String parameter : counted.subList(1, counted.size())) {
      if (!parameter.isEmpty()) {
        String name = "?" + parameter.replaceFirst("(?s)=.*", "");
        byName.computeIfAbsent(name, none -> new ArrayList<>()).add(parameter);
      }
    }
    return byName;
  }

  private static RequestHead withHeaders(Random random) {
    Fields.Builder fields = Fields.builder();
    fields.addAll(with(random, "X-One").fields());
    fields.addAll(with(random, "X-Two").fields());
    return get("/p").withFields(fields.build());
  }

  private static RequestHead with(Random random, String name) {
    Fields.Builder fields = Fields.builder();
    for (int lines = random.nextInt(3); lines > 0; lines--) {
      fields.add(name, VALUES.get(random.nextInt(VALUES.size())));
    }
    return get("/p").withFields(fields.build());
  }

  /** The two fields' values, each as one line, and none where there is none. */
  private static List<String> values(RequestHead request) {
    List<String> values = new ArrayList<>();
    for (String name : List.of("X-One", "X-Two")) {
      List<String> lines = request.fields().all(name);
      String joined = String.join(",", lines).strip().replaceAll("\\s*,\\s*", ",");
      values.add(lines.isEmpty() ? "none" : "value " + joined);
    }
    return values;
  }

  private static RequestHead get(String target) {
    return new RequestHead("GET", target, Fields.EMPTY, "1.1");
  }
}
