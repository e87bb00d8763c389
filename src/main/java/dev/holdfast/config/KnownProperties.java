package dev.holdfast.config;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.springframework.boot.context.properties.bind.DataObjectPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;
import org.springframework.core.ResolvableType;

/**
 * The property names under {@code holdfast.}, read off {@link HoldfastProperties}' records. In a
 * pattern, {@code *} stands for a key that the user chooses, {@code #} for a number in a list.
 */
final class KnownProperties {

  private static final List<String> PATTERNS =
      patternsOf("holdfast", ResolvableType.forClass(HoldfastProperties.class)).toList();

  /** What lies next to an unknown property: the group that is known, and the names below it. */
  record Near(String group, List<String> names) {}

  private KnownProperties() {}

  static List<String> patterns() {
    return PATTERNS;
  }

  private static Stream<String> patternsOf(String name, ResolvableType type) {
    var raw = type.toClass();
    if (raw.isRecord()) {
      return Arrays.stream(raw.getRecordComponents())
          .flatMap(
              component ->
                  patternsOf(
                      name + "." + DataObjectPropertyName.toDashedForm(component.getName()),
                      ResolvableType.forType(component.getGenericType())));
    }
    if (Map.class.isAssignableFrom(raw)) {
      return patternsOf(name + ".*", type.asMap().getGeneric(1));
    }
    var element = type.asCollection().getGeneric(0);
    return element.toClass().isRecord() ? patternsOf(name + "[#]", element) : Stream.of(name);
  }

  /**
   * The known properties that an unknown one is most like, best first; empty if none is. Those a
   * few edits away come before those that merely contain it.
   */
  static List<String> similarTo(ConfigurationPropertyName unknown) {
    var written = elements(unknown);
    Map<Integer, Set<String>> mistyped = new TreeMap<>();
    Map<Integer, Set<String>> incomplete = new TreeMap<>();
    for (var candidate : candidates(written)) {
      var theirs = elements(candidate);
      int common = commonElements(written, theirs);
      var unknownRest = uniform(written.subList(common, written.size()));
      var candidateRest = uniform(theirs.subList(common, theirs.size()));
      int distance = EditDistance.between(unknownRest, candidateRest);
      if (distance <= unknownRest.length() / 3 + 1) {
        mistyped.computeIfAbsent(distance, d -> new LinkedHashSet<>()).add(candidate);
      } else if (unknownRest.length() > 2 && candidateRest.contains(unknownRest)) {
        incomplete.computeIfAbsent(distance, d -> new LinkedHashSet<>()).add(candidate);
      }
    }
    if (!mistyped.isEmpty()) {
      return List.copyOf(mistyped.values().iterator().next());
    }
    return incomplete.values().stream().flatMap(Set::stream).limit(3).toList();
  }

  /** The patterns below the longest known group that an unknown property is in. */
  static Near near(ConfigurationPropertyName unknown) {
    var written = elements(unknown);
    for (int size = written.size() - 1; size > 1; size--) {
      int depth = size;
      var names =
          PATTERNS.stream()
              .filter(pattern -> isUnder(written.subList(0, depth), elements(pattern)))
              .map(pattern -> below(pattern, depth))
              .distinct()
              .toList();
      if (!names.isEmpty()) {
        return new Near(joined(written.subList(0, depth)), names);
      }
    }
    return new Near(
        "holdfast", PATTERNS.stream().map(pattern -> below(pattern, 1)).distinct().toList());
  }

  private static boolean isUnder(List<String> group, List<String> pattern) {
    return pattern.size() > group.size()
        && IntStream.range(0, group.size()).allMatch(i -> stands(pattern.get(i), group.get(i)));
  }

  private static boolean stands(String pattern, String element) {
    return pattern.equals("*")
        || (pattern.equals("#") ? isNumber(element) : pattern.equals(element));
  }

  /** The rest of a pattern; what is in a list there is the list's own affair. */
  private static String below(String pattern, int depth) {
    var elements = elements(pattern);
    var rest = elements.subList(depth, elements.size());
    int list = rest.indexOf("#");
    return joined(list > 0 ? rest.subList(0, list + 1) : rest)
        .replace("#", "0")
        .replace("*", "NAME");
  }

  /** Every pattern, its key taken from what was written: no place in it is sure to be right. */
  private static Set<String> candidates(List<String> written) {
    Set<String> result = new LinkedHashSet<>();
    var index = written.stream().filter(KnownProperties::isNumber).findFirst().orElse("0");
    var keys = written.size() > 2 ? written.subList(1, written.size() - 1) : List.of("NAME");
    for (var pattern : PATTERNS) {
      var named = pattern;
      if (pattern.endsWith(".*")) {
        if (elements(pattern).size() != written.size()) {
          continue;
        }
        var last = written.get(written.size() - 1);
        named = pattern.substring(0, pattern.length() - 1) + last;
      }
      for (var key : keys) {
        result.add(named.replace("*", key).replace("#", index));
      }
    }
    return result;
  }

  private static List<String> elements(String pattern) {
    return List.of(pattern.replace("[", ".").replace("]", "").split("\\."));
  }

  /** As a property is written: numbers in brackets. */
  private static String joined(List<String> elements) {
    return String.join(".", elements).replaceAll("\\.([0-9]+|#)(?=\\.|$)", "[$1]");
  }

  private static boolean isNumber(String element) {
    return element.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  private static List<String> elements(ConfigurationPropertyName name) {
    return IntStream.range(0, name.getNumberOfElements())
        .mapToObj(i -> name.getElement(i, Form.DASHED))
        .toList();
  }

  private static int commonElements(List<String> one, List<String> other) {
    int i = 0;
    while (i < one.size() && i < other.size() && one.get(i).equals(other.get(i))) {
      i++;
    }
    return i;
  }

  private static String uniform(List<String> elements) {
    return String.join(".", elements).replace("-", "").toLowerCase(Locale.ROOT);
  }
}
