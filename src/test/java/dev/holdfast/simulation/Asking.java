package dev.holdfast.simulation;

import dev.holdfast.http.Fields;
import dev.holdfast.http.RequestHead;
import java.util.List;

/**
 * What a caller asks for, its target apart.
 *
 * @param says what it says about caching
 * @param part whether it asks for a part alone
 * @param tag what its caller has already, as {@code If-None-Match} has it, or empty
 */
record Asking(
    String method, String language, Directives says, boolean authorized, boolean part, String tag) {

  static final Asking ENGLISH = new Asking("GET", "en", Directives.NONE, false, false, "");
  static final Asking GERMAN = new Asking("GET", "de", Directives.NONE, false, false, "");
  static final Asking NOT_TO_BE_STORED = ENGLISH.saying(Directives.NONE.and("no-store"));
  private static final Asking AUTHORIZED =
      new Asking("GET", "en", Directives.NONE, true, false, "");
  private static final Asking FOR_A_PART =
      new Asking("GET", "en", Directives.NONE, false, true, "");

  private static final List<Directives> SAID =
      List.of(
          Directives.NONE.and("no-cache"),
          Directives.NONE.and("max-age", 0),
          Directives.NONE.and("max-age", 1),
          Directives.NONE.and("max-age", 4),
          Directives.NONE.and("min-fresh", 1),
          Directives.NONE.and("min-fresh", 30),
          Directives.NONE.and("max-stale"),
          Directives.NONE.and("max-stale", 3),
          Directives.NONE.and("max-stale", 20).and("max-age", 60),
          Directives.NONE.and("only-if-cached"),
          Directives.NONE.and("only-if-cached").and("max-stale", 5),
          Directives.NONE.and("stale-if-error", 5),
          Directives.NONE.and("stale-if-error", 60).and("max-age", 0),
          Directives.NONE.and("stale-if-error", 60).and("no-cache"));

  /** One that differs from most. */
  static Asking drawn(Dice dice, String tag) {
    return switch (dice.below(8)) {
      case 0 -> AUTHORIZED;
      case 1 -> dice.oneIn(2) ? NOT_TO_BE_STORED : FOR_A_PART;
      case 2 -> ENGLISH.as("HEAD");
      case 3 -> ENGLISH.as(dice.of("POST", "POST", "PUT", "DELETE", "TOUCH"));
      case 4 -> dice.of(ENGLISH, GERMAN).with(tag);
      default -> dice.of(ENGLISH, ENGLISH, GERMAN, ENGLISH.as("HEAD")).saying(dice.of(SAID));
    };
  }

  private Asking as(String other) {
    return new Asking(other, language, says, authorized, part, tag);
  }

  private Asking saying(Directives other) {
    return new Asking(method, language, other, authorized, part, tag);
  }

  private Asking with(String other) {
    return new Asking(method, language, says, authorized, part, other);
  }

  /** What a fetch for it asks the origin for: the whole, where ranges are cut from that. */
  Asking sentAs(RequestHead request) {
    boolean asksForAPart = part && request.fields().contains("Range");
    return new Asking(method, language, says, authorized, asksForAPart, tag);
  }

  RequestHead head(String target) {
    return new RequestHead(method, target, fields(), "1.1");
  }

  Fields fields() {
    Fields.Builder fields = Fields.builder().add("Accept-Language", language);
    if (!says.isEmpty()) {
      fields.add("Cache-Control", says.toString());
    }
    if (authorized) {
      fields.add("Authorization", "Basic abc");
    }
    if (part) {
      fields.add("Range", "bytes=-2");
    }
    if (!tag.isEmpty()) {
      fields.add("If-None-Match", tag);
    }
    return fields.build();
  }

  /** Whether nothing of what it says makes it another's than all others like it. */
  boolean isPlain() {
    return isGet() && says.isEmpty() && !authorized && !part;
  }

  private boolean isGet() {
    return method.equals("GET");
  }

  boolean isForTheHead() {
    return method.equals("HEAD");
  }

  /** Whether it may change something at the origin. */
  boolean isUnsafe() {
    return !isGet() && !isForTheHead();
  }

  /** Whether it says that its caller has what is validated by that. */
  boolean has(String etag) {
    return tag.equals("*") || (!etag.isEmpty() && tag.contains(etag));
  }

  /** Whether any response to it could be stored, its method apart. */
  boolean allowsStoring() {
    return !says.has("no-store");
  }

  /** Whether it is known from the start that a response to it could be stored. */
  boolean couldStore() {
    return isGet() && allowsStoring();
  }

  /** Whether the origin decides what it has already. */
  boolean isSentAsItIs() {
    return !couldStore() || part;
  }

  @Override
  public String toString() {
    return method + " " + language + rest();
  }

  private String rest() {
    return (says.isEmpty() ? "" : " " + says)
        + (authorized ? " authorized" : "")
        + (part ? " a part" : "")
        + (tag.isEmpty() ? "" : " has " + tag);
  }
}
