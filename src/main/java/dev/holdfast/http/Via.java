package dev.holdfast.http;

import java.util.Locale;

/** The {@code Via} field (RFC 9110 §7.6.3). */
public final class Via {

  private Via() {}

  /** One member: the version received and the name of who received it. */
  public static String member(String receivedVersion, String name) {
    return receivedVersion + " " + name;
  }

  /** Whether the message has already gone through the recipient of that name. */
  public static boolean names(Fields fields, String name) {
    String wanted = name.toLowerCase(Locale.ROOT);
    return fields.members("Via").stream()
        .map(member -> member.split("[ \t]+"))
        .anyMatch(parts -> parts.length > 1 && parts[1].equals(wanted));
  }
}
