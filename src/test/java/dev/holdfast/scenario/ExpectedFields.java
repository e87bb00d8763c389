package dev.holdfast.scenario;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What is expected of a message's fields, in lines: {@code Name: value} once for each value in
 * their order, {@code Name} for one whatever its value, {@code !Name} for none.
 */
record ExpectedFields(List<String> lines) {

  /** What each hop does anew, or is no field of the message's own. */
  private static final Set<String> OF_THE_HOP =
      Set.of(
          "connection",
          "keep-alive",
          "proxy-connection",
          "proxy-authenticate",
          "proxy-authentication-info",
          "proxy-authorization",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade",
          "expect",
          "via",
          "host");

  /** These, and the fields of a message that passes by, as far as these do not name them. */
  ExpectedFields and(List<String> passedOn, Set<String> butFor) {
    var all = new ArrayList<>(lines);
    var named = named(lines);
    passedOn.stream()
        .filter(line -> !named.contains(name(line)) && !butFor.contains(name(line)))
        .filter(line -> !OF_THE_HOP.contains(name(line)))
        .forEach(all::add);
    return new ExpectedFields(all);
  }

  /** The names in such lines, in lower case. */
  private static Set<String> named(List<String> lines) {
    return lines.stream().map(ExpectedFields::name).collect(Collectors.toSet());
  }

  private static String name(String line) {
    return line.replaceFirst("^!", "").split(":", 2)[0].toLowerCase(Locale.ROOT);
  }

  /** In what the fields differ. */
  List<String> differences(Headers fields) {
    var differences = new ArrayList<String>();
    Map<String, List<String>> values = new LinkedHashMap<>();
    for (var line : lines) {
      var name = name(line);
      if (line.contains(":") && !line.startsWith("!")) {
        values.computeIfAbsent(name, n -> new ArrayList<>()).add(line.split(":", 2)[1].strip());
      } else if (line.startsWith("!") != fields.values(name).isEmpty()) {
        differences.add(line + " expected, there is " + fields.values(name));
      }
    }
    values.forEach(
        (name, expected) -> {
          if (!fields.values(name).equals(expected)) {
            differences.add(name + " is " + fields.values(name) + ", not " + expected);
          }
        });
    return differences;
  }
}
