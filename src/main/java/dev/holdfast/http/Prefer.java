package dev.holdfast.http;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How long a request is willing to wait, and for what (RFC 7240 §4.1, §4.3).
 *
 * @param patience {@code wait}, or {@code null} if it says nothing about that
 * @param respondAsync whether it would rather be told that the answer comes later than that it does
 *     not come in time
 */
public record Prefer(@Nullable Duration patience, boolean respondAsync) {

  /** One that says nothing. */
  public static final Prefer NOTHING = new Prefer(null, false);

  private static final String NAME = "Prefer";
  private static final String WAIT = "wait";
  private static final String RESPOND_ASYNC = "respond-async";
  private static final Set<String> OWN = Set.of(WAIT, RESPOND_ASYNC);

  /** One preference as sent, and its parts. */
  private record Preference(String text, String name, String value) {

    static Preference of(String text) {
      String said = text.split(";", 2)[0]; // parameters mean nothing here
      String[] parts = said.split("=", 2);
      String value = parts.length == 1 ? "" : QuotedString.unquoted(parts[1].strip());
      return new Preference(text.strip(), parts[0].strip().toLowerCase(Locale.ROOT), value);
    }
  }

  /**
   * What the request says; of a preference that occurs twice the first occurrence counts (§2).
   *
   * @param longest the patience that it has at most
   */
  public static Prefer of(Fields request, Duration longest) {
    if (!request.contains(NAME)) {
      return NOTHING;
    }
    List<Preference> all =
        request.all(NAME).stream().flatMap(l -> preferences(l).stream()).toList();
    Duration patience =
        all.stream()
            .filter(preference -> preference.name().equals(WAIT))
            .findFirst()
            .map(wait -> Digits.parse(wait.value()))
            .filter(OptionalLong::isPresent)
            .map(seconds -> atMost(longest, seconds.getAsLong()))
            .orElse(null);
    return new Prefer(patience, all.stream().anyMatch(any -> any.name().equals(RESPOND_ASYNC)));
  }

  private static Duration atMost(Duration longest, long seconds) {
    return seconds < longest.toSeconds() ? Duration.ofSeconds(seconds) : longest;
  }

  /** The fields without what was read here: it is not for the origin to heed, too. */
  public static Fields removedFrom(Fields request) {
    if (!request.contains(NAME)) {
      return request;
    }
    Fields.Builder others = Fields.builder();
    request.forEach(
        (name, value) -> {
          String kept = name.equalsIgnoreCase(NAME) ? withoutOwn(value) : value;
          if (kept != null) {
            others.add(name, kept);
          }
        });
    return others.build();
  }

  private static @Nullable String withoutOwn(String line) {
    List<Preference> all = preferences(line);
    List<String> others =
        all.stream()
            .filter(preference -> !OWN.contains(preference.name()))
            .map(Preference::text)
            .toList();
    if (others.size() == all.size()) {
      return line;
    }
    return others.isEmpty() ? null : String.join(", ", others);
  }

  private static List<Preference> preferences(String line) {
    List<Preference> preferences = new ArrayList<>();
    for (String member : Directives.members(line)) {
      if (!member.isBlank()) {
        preferences.add(Preference.of(member));
      }
    }
    return preferences;
  }

  /** The value of {@code Preference-Applied} for one whose patience was heeded (§3). */
  public @Nullable String applied(boolean respondedAsync) {
    List<String> applied = new ArrayList<>(2);
    if (respondedAsync) {
      applied.add(RESPOND_ASYNC);
    }
    if (patience != null) {
      applied.add(WAIT + "=" + patience.toSeconds());
    }
    return applied.isEmpty() ? null : String.join(", ", applied);
  }
}
