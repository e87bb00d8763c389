package dev.holdfast.http;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.greenbytes.http.sfv.IntegerItem;
import org.greenbytes.http.sfv.ListElement;
import org.greenbytes.http.sfv.ParseException;
import org.greenbytes.http.sfv.Parser;
import org.greenbytes.http.sfv.StringItem;
import org.greenbytes.http.sfv.TokenItem;
import org.jspecify.annotations.Nullable;

/** The response fields that direct this cache apart from others (RFC 9213). */
final class TargetedField {

  /** The target list (RFC 9213 §2.2): the narrower class of caches first. */
  private static final List<String> NAMES = List.of("Holdfast-Cache-Control", "CDN-Cache-Control");

  /** The directives whose argument is a delta-seconds: an Integer, and nothing else. */
  private static final Set<String> OF_SECONDS =
      Set.of("max-age", "s-maxage", "stale-while-revalidate", "stale-if-error");

  private TargetedField() {}

  /** The directives of the first field that is valid and not empty, or {@code null}. */
  static @Nullable Map<String, String> directives(Fields response) {
    for (String name : NAMES) {
      Map<String, ? extends ListElement<?>> members = members(response.all(name));
      if (!members.isEmpty()) {
        return directives(members);
      }
    }
    return null;
  }

  /** A field that is no Dictionary is ignored as a whole, as an empty one is (RFC 9213 §2.2). */
  private static Map<String, ? extends ListElement<?>> members(List<String> lines) {
    if (lines.isEmpty()) {
      return Map.of();
    }
    try {
      return new Parser(lines).parseDictionary().get();
    } catch (ParseException noDictionary) {
      return Map.of();
    }
  }

  /** The members with their arguments; one that says "no" is absent. Parameters do not count. */
  private static Map<String, String> directives(Map<String, ? extends ListElement<?>> members) {
    Map<String, String> directives = new LinkedHashMap<>();
    members.forEach(
        (name, value) -> {
          if (!Boolean.FALSE.equals(value.get())) {
            directives.put(name, OF_SECONDS.contains(name) ? seconds(value) : argument(value));
          }
        });
    return directives;
  }

  /** A delta-seconds, or the empty argument that counts as 0: a wrong type is no freshness. */
  private static String seconds(ListElement<?> value) {
    return value instanceof IntegerItem item && item.get() >= 0
        ? Long.toString(Math.min(CacheControl.MAX_DELTA_SECONDS, item.get()))
        : "";
  }

  /** The text of an Item that has one; any other says no more than that it is there. */
  private static String argument(ListElement<?> value) {
    boolean text = value instanceof StringItem || value instanceof TokenItem;
    return text || value instanceof IntegerItem ? value.get().toString() : "";
  }
}
