package dev.holdfast.scenario;

import static dev.holdfast.scenario.Answer.fresh;
import static dev.holdfast.scenario.Answer.notModified;
import static dev.holdfast.scenario.Answer.ok;
import static dev.holdfast.scenario.Answer.stale;
import static dev.holdfast.scenario.Conversation.conversation;
import static dev.holdfast.scenario.Turn.get;

import java.util.stream.Stream;

/** What a 304 does to a stored response, and to which (RFC 9111 §3.2, §4.3.4). */
final class FresheningConversations {

  private static final String MODIFIED = "Last-Modified: Wed, 01 Jan 2020 00:00:00 GMT";
  private static final String SINCE = "If-Modified-Since: Wed, 01 Jan 2020 00:00:00 GMT";
  private static final String NONE_MATCH = "If-None-Match: \"a\"";

  private FresheningConversations() {}

  static Stream<Conversation> all() {
    return Stream.concat(freshening(), about());
  }

  private static Conversation freshened(String what, Answer stored, Answer update, Turn... then) {
    var turns =
        Stream.concat(
            Stream.of(
                get().origin(stored).stored(),
                get()
                    .asked(NONE_MATCH)
                    .origin(update)
                    .confirmed(1)
                    .butFor("x-a", "cache-control", "expires")),
            Stream.of(then));
    return conversation("304: " + what, turns.toArray(Turn[]::new));
  }

  /** §3.2, §4.3.4. */
  private static Stream<Conversation> freshening() {
    var stored = stale("ETag: \"a\"", "X-A: 1", "X-A: 2", "Content-Type: text/plain");
    var minutes = "Cache-Control: max-age=600";
    return Stream.of(
        freshened("its age is new", stored, notModified(), get().hit(1).age(0)),
        freshened("its own Age counts", stored, notModified("Age: 30"), get().hit(1).age(30)),
        freshened(
            "its lifetime counts",
            stored,
            notModified(minutes),
            get().hit(1).ttl(600).butFor("cache-control").sees(minutes)),
        freshened(
            "Expires counts",
            ok("ETag: \"a\"", "Expires: {now-10}"),
            notModified("Expires: {now+600}"),
            get().hit(1).ttl(600).butFor("expires").sees("Expires: {now+600}")),
        freshened(
            "it says what is to be so from now on",
            stored,
            notModified("X-A: 3", "X-B: 4"),
            get().hit(1).sees("X-A: 3", "X-B: 4")),
        freshened(
            "all lines of a field are replaced",
            stored,
            notModified("X-A: 3", "X-A: 4", "X-A: 5"),
            get().hit(1).sees("X-A: 3", "X-A: 4", "X-A: 5")),
        freshened(
            "what describes the stored bytes stays",
            stored,
            notModified("Content-Encoding: br", "Content-Range: bytes 0-1/9", "Content-Length: 99"),
            get().hit(1).sees("!Content-Encoding", "!Content-Range", "Content-Length: 6")),
        freshened(
            "what belongs to its connection is left out",
            stored,
            notModified("Connection: X-Hop", "X-Hop: 1", "Keep-Alive: 5"),
            get().hit(1).sees("!X-Hop", "!Connection", "!Keep-Alive")),
        freshened(
            "its own no-cache counts",
            stored,
            notModified("Cache-Control: no-cache"),
            get()
                .asked(NONE_MATCH)
                .origin(notModified(minutes))
                .confirmed(1)
                .butFor("cache-control"),
            get().hit(1).butFor("cache-control")),
        freshened(
            "what stays stale is asked about again",
            stored,
            notModified("Age: 100"),
            get().asked(NONE_MATCH).origin(notModified()).confirmed(1)));
  }

  /** §4.3.4: which response it is about. */
  private static Stream<Conversation> about() {
    return Stream.of(
        asked304("the same tag", "ETag: \"a\""),
        asked304("the same tag, weaker", "ETag: W/\"a\""),
        asked304("no tag but the date", MODIFIED),
        askedAgain("of another tag", notModified("ETag: \"b\"")),
        askedAgain("of another date", notModified("Last-Modified: {now}")),
        askedAgain("that sets a cookie", notModified("Set-Cookie: a=b")),
        askedAgain("that forbids to store", notModified("Cache-Control: no-store")),
        askedAgain("that is private", notModified("Cache-Control: private")),
        askedAgain("that varies otherwise", notModified("Vary: X-A")));
  }

  private static Conversation asked304(String what, String field) {
    return conversation(
        "304 with " + what + ": what is stored is confirmed",
        get().origin(stale("ETag: \"a\"", MODIFIED)).stored(),
        get().asked(NONE_MATCH, SINCE).origin(notModified(field)).confirmed(1).butFor("etag"),
        get().hit(1).butFor("etag"));
  }

  private static Conversation askedAgain(String what, Answer useless) {
    return conversation(
        "304 " + what + ": asked again, without conditions",
        get().origin(stale("ETag: \"a\"", MODIFIED)).stored(),
        get()
            .asked(NONE_MATCH, SINCE)
            .origin(useless)
            .asked("!If-None-Match", "!If-Modified-Since")
            .origin(fresh("ETag: \"b\""))
            .stored(),
        get().hit(2));
  }
}
