package dev.holdfast.simulation;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What {@code Cache-Control} says, as the model knows it: never parsed.
 *
 * @param words each with its seconds, {@link #NO_NUMBER} where it has none
 */
record Directives(Map<String, Integer> words) {

  static final Directives NONE = new Directives(Map.of());
  private static final int NO_NUMBER = -1;

  /** The same with another word. */
  Directives and(String word) {
    return and(word, NO_NUMBER);
  }

  /** The same with another word and its seconds. */
  Directives and(String word, int seconds) {
    Map<String, Integer> more = new LinkedHashMap<>(words);
    more.put(word, seconds);
    return new Directives(more);
  }

  boolean isEmpty() {
    return words.isEmpty();
  }

  boolean has(String word) {
    return words.containsKey(word);
  }

  boolean hasAny(String... any) {
    for (String word : any) {
      if (has(word)) {
        return true;
      }
    }
    return false;
  }

  /** The milliseconds that a word says, or what stands in their place. */
  long millis(String word, long otherwise) {
    int seconds = words.getOrDefault(word, NO_NUMBER);
    return seconds == NO_NUMBER ? otherwise : seconds * 1000L;
  }

  /** The field's value. */
  @Override
  public String toString() {
    return words.entrySet().stream()
        .map(word -> word.getKey() + (word.getValue() == NO_NUMBER ? "" : "=" + word.getValue()))
        .collect(Collectors.joining(", "));
  }
}
