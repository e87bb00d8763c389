package dev.holdfast.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What has happened in one schedule, a line each. */
final class Trace {

  private record Line(int depth, long millis, List<Object> words) {
    @Override
    public String toString() {
      String text = words.stream().map(String::valueOf).collect(Collectors.joining(" "));
      return "%s%6d ms  %s".formatted("    ".repeat(depth), millis, text);
    }
  }

  private final List<Line> lines = new ArrayList<>();

  /**
   * @param depth how many things are under way that were overtaken by this
   * @param words that do not change any more
   */
  void add(int depth, long millis, Object... words) {
    lines.add(new Line(depth, millis, List.of(words)));
  }

  List<String> lines() {
    return lines.stream().map(Line::toString).toList();
  }
}
