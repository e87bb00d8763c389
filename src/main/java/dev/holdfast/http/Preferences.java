package dev.holdfast.http;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The normal form of a field by which a request says what it would rather have (RFC 9110 §12.5):
 * values with one meaning have one form (RFC 9111 §4.1).
 */
final class Preferences {

  /** The fields of this form; of their parameters only those of a media range mean anything. */
  private static final Set<String> NAMES =
      Set.of("accept", "accept-charset", "accept-encoding", "accept-language");

  private static final Comparator<Member> BY_WEIGHT_THEN_NAME =
      Comparator.comparingInt((Member member) -> -member.weight).thenComparing(Member::range);

  /**
   * One member of the list.
   *
   * @param range what is wanted: a media range with its parameters, a coding, a language, …
   * @param weight how much, in thousandths
   */
  private record Member(String range, int weight) {

    @Override
    public String toString() {
      return range + Weight.print(weight);
    }
  }

  private Preferences() {}

  /** Whether the field, named in lower case, is one of preferences. */
  static boolean has(String name) {
    return NAMES.contains(name);
  }

  /**
   * The members each once, the most wanted first, and by name where equally so; names in lower
   * case, weights short. A value against the grammar stays as it is.
   */
  static String normalised(String name, String value) {
    boolean media = name.equals("accept");
    Set<Member> members = new TreeSet<>(BY_WEIGHT_THEN_NAME);
    for (String text : split(value, ',')) {
      if (!text.isEmpty()) {
        Member member = member(text, media);
        if (member == null) {
          return value;
        }
        members.add(member);
      }
    }
    return members.stream().map(Member::toString).collect(Collectors.joining(","));
  }

  /** The member as its grammar has it, or {@code null}. */
  private static @Nullable Member member(String text, boolean media) {
    List<String> parts = split(text, ';');
    StringBuilder range = new StringBuilder(parts.get(0).toLowerCase(Locale.ROOT));
    boolean valid = media ? isMediaRange(range.toString()) : Token.is(range.toString());
    OptionalInt weight = OptionalInt.empty();
    for (String parameter : parts.subList(1, parts.size())) {
      if (Weight.isNamedBy(parameter)) {
        valid &= weight.isEmpty();
        weight = Weight.parse(parameter);
        valid &= weight.isPresent();
      } else {
        valid &= media && isParameter(parameter);
        range.append(';').append(parameter);
      }
    }
    return valid ? new Member(range.toString(), weight.orElse(Weight.WHOLE)) : null;
  }

  private static boolean isMediaRange(String text) {
    int slash = text.indexOf('/');
    return slash > 0 && Token.is(text.substring(0, slash)) && Token.is(text.substring(slash + 1));
  }

  private static boolean isParameter(String text) {
    int equals = text.indexOf('=');
    String value = text.substring(equals + 1);
    return equals > 0
        && Token.is(text.substring(0, equals))
        && (Token.is(value) || QuotedString.is(value));
  }

  /** The parts between separators that are not quoted, without white space around them. */
  private static List<String> split(String text, char separator) {
    List<String> parts = new ArrayList<>();
    int from = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == separator) {
        parts.add(text.substring(from, i).strip());
        from = i + 1;
      } else if (c == '"') {
        int closing = QuotedString.closing(text, i);
        i = closing < 0 ? text.length() : closing;
      }
    }
    parts.add(text.substring(from).strip());
    return parts;
  }
}
