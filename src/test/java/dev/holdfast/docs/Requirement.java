package dev.holdfast.docs;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * One row of a table of requirements: section, what it asks for, and what shows it.
 *
 * @param row the row as written, for messages
 * @param cells the text between its bars
 */
record Requirement(String row, List<String> cells) {

  private static final Pattern REFERENCE = Pattern.compile("([\\w.]+)\\.(\\w+)");

  private static final Pattern UNDERLINE = Pattern.compile("\\|[-:| ]+\\|");

  private static final String REASON = "reason:";

  /** The rows of all tables of requirements, without the tables' heads. */
  static List<Requirement> in(List<String> lines) {
    return lines.stream()
        .filter(line -> line.startsWith("|"))
        .filter(line -> !line.startsWith("| § |") && !UNDERLINE.matcher(line).matches())
        .map(Requirement::of)
        .toList();
  }

  private static Requirement of(String row) {
    String[] parts = row.strip().split("\\|", -1);
    List<String> cells =
        Stream.of(parts).skip(1).limit(parts.length - 2).map(String::strip).toList();
    return new Requirement(row, cells);
  }

  /** What is wrong with it, the row included, or empty. */
  Optional<String> fault(TestMethods tests) {
    if (cells.size() != 3 || cells.stream().anyMatch(String::isEmpty)) {
      return fault("not three cells, each with text");
    }
    String shown = cells.get(2);
    if (shown.startsWith(REASON)) {
      boolean isGiven = !shown.substring(shown.indexOf(':') + 1).isBlank();
      return isGiven ? Optional.empty() : fault("nothing behind the colon");
    }
    return Stream.of(shown.split(",", -1))
        .map(reference -> reference.replace("`", "").strip())
        .flatMap(reference -> wrongIn(reference, tests).stream())
        .findFirst()
        .flatMap(this::fault);
  }

  private static Optional<String> wrongIn(String reference, TestMethods tests) {
    var matcher = REFERENCE.matcher(reference);
    return matcher.matches()
        ? tests.fault(matcher.group(1), matcher.group(2))
        : Optional.of("neither a test nor a reason: '" + reference + "'");
  }

  private Optional<String> fault(String what) {
    return Optional.of(what + ", in: " + row);
  }
}
