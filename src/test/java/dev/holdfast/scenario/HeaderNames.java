package dev.holdfast.scenario;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The names in {@code request-headers.txt}, which know nothing of what Holdfast's code lists. */
final class HeaderNames {

  /** Those by which a request pretends something. */
  static final List<String> OVERRIDES;

  /** Those of tracing, CDNs, client hints, applications. */
  static final List<String> OTHERS;

  static final List<String> CREDENTIALS;

  static {
    var sections = sections();
    OVERRIDES = Objects.requireNonNull(sections.get("[overrides]"));
    OTHERS = Objects.requireNonNull(sections.get("[others]"));
    CREDENTIALS = Objects.requireNonNull(sections.get("[credentials]"));
  }

  private HeaderNames() {}

  static List<String> all() {
    return Stream.of(OVERRIDES, OTHERS, CREDENTIALS).flatMap(List::stream).toList();
  }

  private static Map<String, List<String>> sections() {
    var sections = new TreeMap<String, List<String>>();
    List<String> section = new ArrayList<>();
    for (var line : text().lines().toList()) {
      if (line.startsWith("[")) {
        section = new ArrayList<>();
        sections.put(line, section);
      } else if (!line.isBlank() && !line.startsWith("#")) {
        section.add(line);
      }
    }
    return sections;
  }

  private static String text() {
    try (var in = HeaderNames.class.getResourceAsStream("request-headers.txt")) {
      return new String(Objects.requireNonNull(in).readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
