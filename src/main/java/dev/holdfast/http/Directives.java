package dev.holdfast.http;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Reads and writes the list of directives that {@code Cache-Control} is (RFC 9111 §5.2), as a map
 * of lower-case names to arguments without quotes, empty where there is none.
 *
 * <p>Reading never fails: what is not a directive is left out, and hides none.
 */
final class Directives {

  /** The directives that may name the fields they are about (RFC 9111 §5.2.2.4, §5.2.2.7). */
  private static final Set<String> QUALIFIED = Set.of("no-cache", "private");

  private Directives() {}

  /** Each line is read by itself, so that a quote left open in one hides nothing in the next. */
  static Map<String, String> parse(List<String> lines) {
    Map<String, List<String>> arguments = new LinkedHashMap<>();
    for (String line : lines) {
      members(line).forEach(member -> add(arguments, member));
    }
    Map<String, String> directives = new LinkedHashMap<>();
    arguments.forEach((name, all) -> directives.put(name, argument(name, all)));
    return directives;
  }

  /** The members of a list, in which commas may be quoted; as sent, with the space around them. */
  static List<String> members(String line) {
    List<String> members = new ArrayList<>();
    int at = 0;
    while (at < line.length()) {
      int end = memberEnd(line, at);
      members.add(line.substring(at, end));
      at = end + 1;
    }
    return members;
  }

  /** The index of the comma that ends the member beginning at {@code from}. */
  private static int memberEnd(String line, int from) {
    char before = ',';
    for (int i = from; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c == ',') {
        return i;
      }
      if (c == '"' && before == '=') {
        i = Math.max(i, QuotedString.closing(line, i));
      }
      before = c == ' ' || c == '\t' ? before : c;
    }
    return line.length();
  }

  /** White space beside the equals sign is against the grammar: the argument is not understood. */
  private static void add(Map<String, List<String>> arguments, String member) {
    int equals = member.indexOf('=');
    String name = equals < 0 ? member : member.substring(0, equals);
    String argument = equals < 0 ? "" : member.substring(equals + 1);
    boolean apart =
        equals >= 0
            && !(name.equals(name.stripTrailing()) && argument.equals(argument.stripLeading()));
    if (Token.is(name.strip())) {
      arguments
          .computeIfAbsent(name.strip().toLowerCase(Locale.ROOT), first -> new ArrayList<>(1))
          .add(apart ? "" : QuotedString.unquoted(argument.strip()));
    }
  }

  /**
   * What a directive says that may occur more than once: its first (RFC 9111 §4.2.1), but of one
   * that may be about some fields only what all say, lest the narrower hide the wider.
   */
  private static String argument(String name, List<String> all) {
    if (all.size() == 1 || !QUALIFIED.contains(name)) {
      return all.get(0);
    }
    boolean qualified = all.stream().noneMatch(argument -> fieldNames(argument).isEmpty());
    return qualified ? String.join(", ", all) : "";
  }

  /** The field names in the argument of a qualified directive, in lower case. */
  static Set<String> fieldNames(String argument) {
    return Arrays.stream(argument.split(",", -1))
        .map(String::strip)
        .filter(Token::is)
        .map(name -> name.toLowerCase(Locale.ROOT))
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  /** The field value that {@link #parse} reads as these directives. */
  static String print(Map<String, String> directives) {
    return directives.entrySet().stream()
        .map(directive -> print(directive.getKey(), directive.getValue()))
        .collect(Collectors.joining(", "));
  }

  private static String print(String name, String argument) {
    if (argument.isEmpty()) {
      return name;
    }
    return name + "=" + (Token.is(argument) ? argument : QuotedString.quoted(argument));
  }
}
