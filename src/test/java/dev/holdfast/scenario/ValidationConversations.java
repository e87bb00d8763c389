package dev.holdfast.scenario;

import static dev.holdfast.scenario.Answer.answer;
import static dev.holdfast.scenario.Answer.fresh;
import static dev.holdfast.scenario.Answer.notModified;
import static dev.holdfast.scenario.Answer.ok;
import static dev.holdfast.scenario.Answer.stale;
import static dev.holdfast.scenario.Conversation.conversation;
import static dev.holdfast.scenario.Turn.get;
import static dev.holdfast.scenario.Turn.head;

import java.util.stream.Stream;

/** What the cache asks the origin about what it has (RFC 9111 §4.3.1, §4.3.3, §4.3.5). */
final class ValidationConversations {

  private static final String MODIFIED = "Last-Modified: Wed, 01 Jan 2020 00:00:00 GMT";
  private static final String SINCE = "If-Modified-Since: Wed, 01 Jan 2020 00:00:00 GMT";
  private static final String NONE_MATCH = "If-None-Match: \"a\"";

  private ValidationConversations() {}

  static Stream<Conversation> all() {
    return Stream.of(conditions(), replacing(), credentials(), always(), heads())
        .flatMap(conversations -> conversations);
  }

  private static Conversation asked(String what, Answer stored, String... conditions) {
    return conversation(
        what + " is asked about",
        get().origin(stored).stored(),
        get().asked(conditions).origin(notModified()).confirmed(1, "fwd=stale"),
        get().hit(1));
  }

  /** §4.3.1. */
  private static Stream<Conversation> conditions() {
    return Stream.of(
        asked("a tag", stale("ETag: \"a\""), NONE_MATCH),
        asked("a weak tag", stale("ETag: W/\"a\""), "If-None-Match: W/\"a\""),
        asked("an empty tag", stale("ETag: \"\""), "If-None-Match: \"\""),
        asked("a tag with commas", stale("ETag: \"a,b\""), "If-None-Match: \"a,b\""),
        asked("a tag without quotes", stale("ETag: abc"), "If-None-Match: abc"),
        asked("Last-Modified", stale(MODIFIED), SINCE),
        asked("a tag and Last-Modified", stale("ETag: \"a\"", MODIFIED), NONE_MATCH, SINCE));
  }

  /** §4.3.3. */
  private static Stream<Conversation> replacing() {
    var stored = stale("ETag: \"a\"");
    var again = get().asked(NONE_MATCH);
    return Stream.of(
        conversation(
            "asked about, and there is another: it takes the place",
            get().origin(stored).stored(),
            get().asked(NONE_MATCH).origin(fresh("ETag: \"b\"")).stored("fwd=stale"),
            get().hit(2)),
        conversation(
            "asked about, and it is gone: that is stored",
            get().origin(stored).stored(),
            again.origin(answer("404 X", "Cache-Control: max-age=60")).stored("fwd-status=404"),
            get().hit(2)),
        conversation(
            "asked about, and the origin fails: what is stored stays",
            get().origin(stored).stored(),
            get().asked(NONE_MATCH).origin(answer("500 X")).forwarded("fwd-status=500"),
            get().asked(NONE_MATCH).origin(notModified()).confirmed(1),
            get().hit(1)));
  }

  /** §3.5: what their 304 could not freshen is fetched at once. */
  private static Stream<Conversation> credentials() {
    return Stream.of(
        conversation(
            "credentials do not ask about what they may not bring",
            get().origin(stale("ETag: \"a\"")).stored(),
            get("Authorization: x")
                .asked("!If-None-Match")
                .origin(fresh("ETag: \"a\""))
                .notStored("authorization"),
            get().asked(NONE_MATCH).origin(notModified()).confirmed(1, "fwd=stale")),
        conversation(
            "credentials ask about what is for all",
            get().origin(stale("ETag: \"a\"", "Cache-Control: public")).stored(),
            get("Authorization: x").asked(NONE_MATCH).origin(notModified()).confirmed(1),
            get().hit(1)));
  }

  /** §5.2.2.4. */
  private static Stream<Conversation> always() {
    return Stream.of(
        eachTime("no-cache", ok("Cache-Control: no-cache, max-age=600", "ETag: \"a\""), NONE_MATCH),
        eachTime("max-age=0", ok("Cache-Control: max-age=0", MODIFIED), SINCE),
        eachTime("a silent response with a tag", ok("ETag: \"a\""), NONE_MATCH),
        eachTime("a silent response with a date", ok(MODIFIED), SINCE));
  }

  private static Conversation eachTime(String what, Answer stored, String condition) {
    return conversation(
        what + ": asked about each time",
        get().origin(stored).stored(),
        get().asked(condition).origin(notModified()).confirmed(1, "fwd=stale"),
        get().asked(condition).origin(notModified()).confirmed(1, "fwd=stale"));
  }

  /** §4.3.5; the content of every turn is equally long. */
  private static Stream<Conversation> heads() {
    var stored = stale("ETag: \"a\"", MODIFIED);
    var minutes = "Cache-Control: max-age=600";
    return Stream.of(
        conversation(
            "HEAD of the same: what is stored is fresh again",
            get().origin(stored).stored(),
            head().origin(ok("ETag: \"a\"", minutes, "X-B: 1")).notStored("method"),
            get().hit(1).butFor("cache-control").sees(minutes, "X-B: 1")),
        conversation(
            "HEAD that says the same date: what is stored is fresh again",
            get().origin(stale(MODIFIED)).stored(),
            head().origin(ok(MODIFIED, minutes)).notStored("method"),
            get().hit(1).butFor("cache-control")),
        headOfAnother("of another tag", ok("ETag: \"b\"")),
        headOfAnother("of another date", ok("Last-Modified: {now}")),
        headOfAnother("of another length", ok("ETag: \"a\"").content("much longer")),
        conversation(
            "HEAD that fails: what is stored stays",
            get().origin(stored).stored(),
            head().origin(answer("503 X")).notStored("method"),
            get().asked(NONE_MATCH, SINCE).origin(notModified()).confirmed(1)));
  }

  private static Conversation headOfAnother(String what, Answer answer) {
    return conversation(
        "HEAD " + what + ": what is stored is not used any more",
        get().origin(stale("ETag: \"a\"", MODIFIED)).stored(),
        head().origin(answer).notStored("method"),
        get().origin(fresh()).stored(),
        get().hit(3));
  }
}
