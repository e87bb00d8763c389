package dev.holdfast.docs;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * One row of a table of faults or attacks: which, what is promised for it, and the tests that show
 * it.
 *
 * @param row as written, for messages
 */
record FaultRow(String row, List<String> cells) {

  private static final Pattern HEADS = Pattern.compile("\\| (fault|attack|---) \\|");

  /** The rows of all such tables, without the tables' heads. */
  static List<FaultRow> in(List<String> lines) {
    return lines.stream()
        .filter(line -> line.startsWith("|"))
        .filter(line -> !HEADS.matcher(line).lookingAt())
        .map(FaultRow::of)
        .toList();
  }

  private static FaultRow of(String row) {
    var parts = List.of(row.strip().split("\\|", -1));
    return new FaultRow(
        row, parts.subList(1, parts.size() - 1).stream().map(String::strip).toList());
  }

  /** What is wrong with it, the row included, or empty. */
  Optional<String> fault(TestMethods tests) {
    if (cells.size() != 3 || cells.stream().anyMatch(String::isEmpty)) {
      return Optional.of("not three cells, each with text, in: " + row);
    }
    return Stream.of(cells.get(2).split(",", -1))
        .map(reference -> reference.replace("`", "").strip())
        .flatMap(reference -> wrongIn(reference, tests).stream())
        .findFirst()
        .map(what -> what + ", in: " + row);
  }

  private static Optional<String> wrongIn(String reference, TestMethods tests) {
    var method = reference.indexOf('#');
    return method < 0
        ? tests.fault(reference)
        : tests.fault(reference.substring(0, method), reference.substring(method + 1));
  }
}
