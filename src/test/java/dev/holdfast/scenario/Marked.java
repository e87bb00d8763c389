package dev.holdfast.scenario;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;

/**
 * One answer of an origin that knows whose it is, and who else may have it.
 *
 * @param number which its {@code ETag} and every part of its body name
 * @param ask the request that it answered, and who sent that
 */
record Marked(int number, String target, String ask, Identity of, Says says) {

  /**
   * What it says of who may have it.
   *
   * @param vary empty, or one field's name
   */
  record Says(int status, List<String> directives, boolean setsCookie, String vary) {

    private static Says of(String... directives) {
      return new Says(200, List.of(directives), false, "");
    }

    private Says settingACookie() {
      return new Says(status, directives, true, vary);
    }

    private Says varyingBy(String field) {
      return new Says(status, directives, setsCookie, field);
    }

    private boolean has(String directive) {
      return directives.stream().anyMatch(said -> said.split("=", 2)[0].equals(directive));
    }
  }

  private static final List<Says> FOR_ALL =
      List.of(
          Says.of("max-age=2"),
          Says.of("public", "max-age=3"),
          Says.of("s-maxage=2"),
          Says.of("must-revalidate", "max-age=2"),
          Says.of("public", "max-age=1", "stale-while-revalidate=2"),
          Says.of("public", "max-age=3").varyingBy("Accept-Language"));

  private static final List<Says> OTHERWISE =
      List.of(
          Says.of("private", "max-age=5"),
          Says.of("no-store"),
          Says.of(),
          Says.of("max-age=5").settingACookie(),
          Says.of("public", "max-age=5").settingACookie(),
          Says.of("public", "max-age=5").varyingBy("Cookie"),
          Says.of("public", "max-age=5").varyingBy("Authorization"),
          Says.of("max-age=2").varyingBy("Accept-Language"),
          Says.of("max-age=1", "stale-while-revalidate=5"),
          Says.of("max-age=1", "stale-if-error=5"),
          Says.of("public", "no-cache"),
          Says.of("private=\"x-own\"", "public", "max-age=2"),
          new Says(503, List.of(), false, ""));

  /** What the origin says of a target, which is all one has to know, or is drawn anew each time. */
  static Says drawn(int target, Random random) {
    return switch (target % 4) {
      case 0, 1 -> FOR_ALL.get(target / 4 % FOR_ALL.size());
      case 2 -> OTHERWISE.get(target / 4 % OTHERWISE.size());
      default ->
          random.nextBoolean()
              ? FOR_ALL.get(random.nextInt(FOR_ALL.size()))
              : OTHERWISE.get(random.nextInt(OTHERWISE.size()));
    };
  }

  String etag() {
    return "\"m" + number + "\"";
  }

  String body() {
    return ("m" + number + " of " + target + " for " + of + ". ").repeat(3);
  }

  String[] fields() {
    var fields = new ArrayList<>(List.of("ETag: " + etag(), "X-Own: " + ask));
    if (!says.directives.isEmpty()) {
      fields.add("Cache-Control: " + String.join(", ", says.directives));
    }
    if (says.setsCookie) {
      fields.add("Set-Cookie: session=" + ask);
    }
    if (!says.vary.isEmpty()) {
      fields.add("Vary: " + says.vary);
    }
    return fields.toArray(String[]::new);
  }

  /**
   * Whether somebody else may have it (RFC 9111 §3, §3.5, §4.1).
   *
   * @param perCredential whether each {@code Authorization} has responses of its own
   */
  boolean isAlsoFor(Identity other, boolean perCredential) {
    var forbidden =
        says.has("no-store")
            || (says.has("private") && !says.directives.contains("private=\"x-own\""))
            || says.setsCookie;
    var word = says.has("public") || says.has("s-maxage") || says.has("must-revalidate");
    var withCredentials = perCredential ? of.cookie() != null : !of.isAnonymous();
    var apart = perCredential && !Objects.equals(of.authorization(), other.authorization());
    var selected =
        says.vary.isEmpty() || Objects.equals(of.field(says.vary), other.field(says.vary));
    return !forbidden && (word || !withCredentials) && !apart && selected;
  }

  /** Whether it names the fields that are for nobody else. */
  boolean hasOwnFields() {
    return says.directives.contains("private=\"x-own\"");
  }

  /** Whether it is the same for that request, so that a 304 may say so. */
  boolean isTheSameFor(Identity other) {
    return says.status == 200
        && Set.of("", "Accept-Language").contains(says.vary)
        && of.equals(other)
        && !says.setsCookie;
  }
}
