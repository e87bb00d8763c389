package dev.holdfast.scenario;

import static dev.holdfast.scenario.Answer.answer;
import static dev.holdfast.scenario.Answer.fresh;
import static dev.holdfast.scenario.Answer.notModified;
import static dev.holdfast.scenario.Answer.ok;
import static dev.holdfast.scenario.Conversation.conversation;
import static dev.holdfast.scenario.Turn.get;
import static dev.holdfast.scenario.Turn.head;

import java.util.stream.Stream;

/** What callers ask about what they have (RFC 9111 §4.3.2, RFC 9110 §13). */
final class ConditionConversations {

  private static final String DATE = "Wed, 01 Jan 2020 00:00:00 GMT";
  private static final Answer TAGGED =
      fresh("ETag: \"a\"", "Last-Modified: " + DATE, "Content-Type: text/plain");

  private ConditionConversations() {}

  static Stream<Conversation> all() {
    return Stream.of(tags(), dates(), misses(), staleOnes(), forTheOrigin())
        .flatMap(conversations -> conversations);
  }

  private static Conversation unchanged(String what, Answer stored, String... request) {
    return conversation(
        what + ": 304",
        get().origin(stored).stored(),
        get(request).unchanged(1, "hit").sees("Age", "!Content-Type", "!Content-Length"),
        head(request).unchanged(1, "hit"),
        get().hit(1));
  }

  private static Conversation changed(String what, Answer stored, String... request) {
    return conversation(
        what + ": 200", get().origin(stored).stored(), get(request).hit(1), head(request).hit(1));
  }

  /** RFC 9110 §13.1.2. */
  private static Stream<Conversation> tags() {
    return Stream.of(
        unchanged("If-None-Match", TAGGED, "If-None-Match: \"a\""),
        unchanged("If-None-Match, weaker", TAGGED, "If-None-Match: W/\"a\""),
        unchanged("of a weak one", fresh("ETag: W/\"a\""), "If-None-Match: \"a\""),
        unchanged("among others", TAGGED, "If-None-Match: \"x\", W/\"y\" ,, \"a\""),
        unchanged("in another line", TAGGED, "If-None-Match: \"x\"", "If-None-Match: \"a\""),
        unchanged("with a comma", fresh("ETag: \"a,b\""), "If-None-Match: \"c\", \"a,b\""),
        unchanged("any", TAGGED, "If-None-Match: *"),
        unchanged("any, and there is none", fresh(), "If-None-Match: *"),
        unchanged(
            "a tag, and a date that is past",
            TAGGED,
            "If-None-Match: \"a\"",
            "If-Modified-Since: x"),
        changed("another tag", TAGGED, "If-None-Match: \"b\""),
        changed("part of a tag", fresh("ETag: \"a,b\""), "If-None-Match: \"a\", \"b\""),
        changed("a tag, and there is none", fresh(), "If-None-Match: \"a\""),
        changed(
            "another tag, and the date",
            TAGGED,
            "If-None-Match: \"b\"",
            "If-Modified-Since: " + DATE),
        changed(
            "any, and it is an error",
            answer("404 X", "Cache-Control: max-age=60", "ETag: \"a\""),
            "If-None-Match: *"));
  }

  /** RFC 9110 §13.1.3, RFC 9111 §4.3.2. */
  private static Stream<Conversation> dates() {
    var dated = fresh("Last-Modified: " + DATE);
    return Stream.of(
        unchanged("If-Modified-Since", dated, "If-Modified-Since: " + DATE),
        unchanged("a later date", dated, "If-Modified-Since: {now}"),
        unchanged("in an old form", dated, "If-Modified-Since: {rfc850 now}"),
        unchanged("of asctime", dated, "If-Modified-Since: {asctime now}"),
        unchanged("by Date", fresh("Date: {now-30}"), "If-Modified-Since: {now-30}"),
        unchanged("by when it came", fresh(), "If-Modified-Since: {now+100}"),
        changed("an earlier date", fresh("Last-Modified: {now-50}"), "If-Modified-Since: " + DATE),
        changed("earlier than Date", fresh("Date: {now-30}"), "If-Modified-Since: {now-31}"),
        changed("earlier than it came", fresh(), "If-Modified-Since: {now-100}"),
        changed("no date", dated, "If-Modified-Since: yesterday"),
        changed("two dates", dated, "If-Modified-Since: {now}", "If-Modified-Since: {now}"));
  }

  /** The whole is fetched and stored, and the condition evaluated by it: a 304 comes at once. */
  private static Stream<Conversation> misses() {
    return Stream.of(
        conversation(
            "a tag, and nothing is stored: the whole is fetched",
            get("If-None-Match: \"a\"").origin(TAGGED).unchanged(1, "fwd=uri-miss", "stored"),
            get().eventually().hit(1)),
        conversation(
            "another tag, and nothing is stored: the whole is fetched",
            get("If-None-Match: \"b\"").origin(TAGGED).stored("fwd=uri-miss"),
            get().hit(1)),
        conversation(
            "a date, and nothing is stored: the whole is fetched",
            get("If-Modified-Since: " + DATE).origin(TAGGED).unchanged(1, "stored"),
            get().eventually().hit(1)),
        conversation(
            "HEAD with a tag, and nothing is stored: the condition is the origin's",
            head("If-None-Match: \"a\"")
                .asked("If-None-Match: \"a\"")
                .origin(notModified("ETag: \"a\""))
                .forwarded("!stored")),
        conversation(
            "a tag, and the target is known not to be storable: the condition is the origin's",
            get().origin(ok("Cache-Control: no-store", "ETag: \"a\"")).notStored("no-store"),
            get("If-None-Match: \"a\"")
                .asked("If-None-Match: \"a\"")
                .origin(notModified("ETag: \"a\""))
                .forwarded("!stored")));
  }

  private static Stream<Conversation> staleOnes() {
    var stale = Answer.stale("ETag: \"a\"");
    var asked = "If-None-Match: \"a\"";
    return Stream.of(
        conversation(
            "the tag of what is stale: the origin confirms it to both",
            get().origin(stale).stored(),
            get(asked).asked(asked).origin(notModified()).unchanged(1, "fwd-status=304"),
            get().hit(1)),
        conversation(
            "another tag, and what is stale is confirmed: 200",
            get().origin(stale).stored(),
            get("If-None-Match: \"b\"").asked(asked).origin(notModified()).confirmed(1),
            get().hit(1)),
        conversation(
            "the tag of what takes the place: 304",
            get().origin(stale).stored(),
            get("If-None-Match: \"b\"")
                .asked(asked)
                .origin(fresh("ETag: \"b\""))
                .unchanged(2, "fwd=stale", "stored")));
  }

  /** RFC 9110 §13.1.1, §13.1.4. */
  private static Stream<Conversation> forTheOrigin() {
    return Stream.of("If-Match: \"a\"", "If-Match: *", "If-Unmodified-Since: " + DATE)
        .map(
            condition ->
                conversation(
                    condition + ": goes to the origin as it is",
                    get().origin(TAGGED).stored(),
                    get(condition)
                        .origin(answer("412 X"))
                        .notStored("partial-request")
                        .seeing("fwd=request"),
                    get(condition).origin(TAGGED).notStored("partial-request"),
                    get().hit(1)));
  }
}
