package dev.holdfast.web;

import dev.holdfast.http.TargetPath;
import java.util.Locale;

/** What a request target must not do to be forwarded byte for byte. */
final class Targets {

  private Targets() {}

  /**
   * Whether dot segments (RFC 3986 §3.3), percent-encoded or not, lead above the target's root, and
   * so out of the path that an origin's base URL begins with.
   */
  static boolean climbOut(String target) {
    int depth = 0;
    for (String segment : TargetPath.of(target).substring(1).split("/", -1)) {
      String plain = segment.toLowerCase(Locale.ROOT).replace("%2e", ".");
      if (plain.equals("..")) {
        depth--;
      } else if (!plain.equals(".")) {
        depth++;
      }
      if (depth < 0) {
        return true;
      }
    }
    return false;
  }
}
