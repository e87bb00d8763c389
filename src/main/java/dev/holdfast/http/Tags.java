package dev.holdfast.http;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The tags that an origin gives a response, so that it can be invalidated by them: {@code
 * Surrogate-Key}, parted by spaces, and {@code Cache-Tag}, parted by commas.
 */
public final class Tags {

  /** The fields that have them, in lower case. */
  private static final Set<String> FIELDS = Set.of("surrogate-key", "cache-tag");

  private Tags() {}

  /** The tags in a response's fields; byte for byte, without order. */
  public static Set<String> of(Fields response) {
    if (areNoneIn(response)) {
      return Set.of();
    }
    Stream<String> byKey =
        response.all("Surrogate-Key").stream().flatMap(line -> split(line, "\\s+"));
    Stream<String> byTag = response.all("Cache-Tag").stream().flatMap(line -> split(line, ","));
    return Stream.concat(byKey, byTag).collect(Collectors.toUnmodifiableSet());
  }

  /** The head without the fields that have tags; the same if there are none. */
  public static ResponseHead removedFrom(ResponseHead head) {
    return areNoneIn(head.fields())
        ? head
        : new ResponseHead(
            head.status(), head.reason(), head.fields().without(FIELDS), head.version());
  }

  private static boolean areNoneIn(Fields response) {
    return FIELDS.stream().noneMatch(response::contains);
  }

  private static Stream<String> split(String line, String separator) {
    return Arrays.stream(line.split(separator)).map(String::strip).filter(tag -> !tag.isEmpty());
  }
}
