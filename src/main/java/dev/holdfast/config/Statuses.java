package dev.holdfast.config;

import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** The statuses that a rule is about; immutable. */
public final class Statuses {

  private static final Pattern STATUS = Pattern.compile("[2-9][0-9][0-9]");
  private static final Pattern CLASS = Pattern.compile("[2-9]xx");

  private final BitSet statuses = new BitSet(1000);

  private Statuses() {}

  /** The statuses of those numbers and classes. */
  static Statuses parse(String property, List<String> written) {
    Statuses parsed = new Statuses();
    for (String text : written) {
      String status = text.toLowerCase(Locale.ROOT);
      if (CLASS.matcher(status).matches()) {
        int first = (status.charAt(0) - '0') * 100;
        parsed.statuses.set(first, first + 100);
      } else if (STATUS.matcher(status).matches()) {
        parsed.statuses.set(Integer.parseInt(status));
      } else {
        throw new InvalidConfigurationException(
            property,
            text,
            "it is neither a final status from 200 to 999 nor a class of them",
            "Write statuses such as " + property + "=404,5xx.");
      }
    }
    return parsed;
  }

  /** Whether none is named, which means all. */
  public boolean isEmpty() {
    return statuses.isEmpty();
  }

  /** Whether that status is named. */
  public boolean contains(int status) {
    return statuses.get(status);
  }

  @Override
  public String toString() {
    return statuses.toString();
  }
}
