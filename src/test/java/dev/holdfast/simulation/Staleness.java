package dev.holdfast.simulation;

/** When a response may be used although it is stale, as the model has it. */
final class Staleness {

  private Staleness() {}

  /** Whether the response forbids it, or is an error, which stands in for nothing. */
  static boolean isForbidden(boolean error, Directives says) {
    return error || says.hasAny("must-revalidate", "proxy-revalidate", "s-maxage", "no-cache");
  }

  /** Whether a response can be of use without being validated once it is stale. */
  static boolean isEverAllowed(Reply reply) {
    Directives says = reply.says();
    return !isForbidden(reply.isError(), says)
        && (says.millis("stale-while-revalidate", 0) > 0 || says.millis("stale-if-error", 0) > 0);
  }
}
