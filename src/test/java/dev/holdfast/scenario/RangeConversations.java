package dev.holdfast.scenario;

import static dev.holdfast.scenario.Answer.answer;
import static dev.holdfast.scenario.Answer.fresh;
import static dev.holdfast.scenario.Answer.notModified;
import static dev.holdfast.scenario.Answer.stale;
import static dev.holdfast.scenario.Conversation.conversation;
import static dev.holdfast.scenario.Turn.get;
import static dev.holdfast.scenario.Turn.head;

import java.util.stream.Stream;

/** RFC 9110 §14, RFC 9111 §3.3, §3.4: ranges of what is stored, and parts that are. */
final class RangeConversations {

  private static final String TAG = "ETag: \"a\"";
  private static final Answer WHOLE = fresh(TAG).content("0123456789");

  private RangeConversations() {}

  static Stream<Conversation> all() {
    return Stream.of(ofTheWhole(), misses(), parts(), completed()).flatMap(each -> each);
  }

  private static Conversation cut(String request, int status, String content, String... sees) {
    return conversation(
        request + " of what is stored: " + status,
        get().origin(WHOLE).stored(),
        get(request.split(", ")).part(1, status, content, sees).seeing("hit"));
  }

  private static Stream<Conversation> ofTheWhole() {
    return Stream.of(
        cut("Range: bytes=0-1", 206, "01", "Content-Range: bytes 0-1/10", "Content-Length: 2"),
        cut("Range: bytes=8-", 206, "89", "Content-Range: bytes 8-9/10"),
        cut("Range: bytes=-3", 206, "789", "Content-Range: bytes 7-9/10"),
        cut("Range: bytes=5-500", 206, "56789", "Content-Range: bytes 5-9/10"),
        cut("Range: bytes=10-", 416, "", "Content-Range: bytes */10", "Content-Length: 0"),
        cut("Range: bytes=x", 200, "0123456789", "!Content-Range"),
        cut("Range: lines=1-2", 200, "0123456789", "!Content-Range"),
        cut("Range: bytes=0-1, If-Range: \"a\"", 206, "01", "Content-Range: bytes 0-1/10"),
        cut("Range: bytes=0-1, If-Range: \"b\"", 200, "0123456789", "!Content-Range"),
        cut("Range: bytes=0-1, If-None-Match: \"a\"", 304, "", "!Content-Range"),
        conversation(
            "HEAD has no ranges",
            get().origin(WHOLE).stored(),
            head("Range: bytes=0-1").hit(1).sees("Content-Length: 10")),
        conversation(
            "a range of what is stale: the whole is confirmed",
            get().origin(stale(TAG).content("0123456789")).stored(),
            get("Range: bytes=2-3")
                .asked("If-None-Match: \"a\"", "!Range")
                .origin(notModified(TAG))
                .part(1, 206, "23", "Content-Range: bytes 2-3/10")
                .seeing("fwd=stale", "fwd-status=304")));
  }

  private static Stream<Conversation> misses() {
    return Stream.of(
        conversation(
            "the origin ignores the range: what it sends is stored",
            get("Range: bytes=0-1").asked("Range: bytes=0-1").origin(WHOLE).stored("fwd=uri-miss"),
            get().hit(1)),
        conversation(
            "the origin has no such range",
            get("Range: bytes=99-")
                .origin(answer("416 X", "Content-Range: bytes */10"))
                .notStored("status"),
            get().origin(WHOLE).stored()),
        conversation(
            "a part that nobody asked for is passed on",
            get().origin(part("0-1/10", "\"a\"", "01")).notStored("partial-response"),
            get().origin(WHOLE).stored()),
        conversation(
            "a part with a weak validator is not stored",
            get("Range: bytes=0-1")
                .origin(part("0-1/10", "W/\"a\"", "01"))
                .notStored("partial-response"),
            get("Range: bytes=0-1")
                .origin(part("0-1/10", "W/\"a\"", "01"))
                .notStored("partial-response")));
  }

  private static Answer part(String range, String tag, String content) {
    return fresh("ETag: " + tag, "Content-Range: bytes " + range)
        .status("206 Partial Content")
        .content(content);
  }

  private static Stream<Conversation> parts() {
    var middle = part("2-5/10", "\"a\"", "2345");
    return Stream.of(
        conversation(
            "a range of a stored part",
            get("Range: bytes=2-5").origin(middle).stored(),
            get("Range: bytes=3-4")
                .part(1, 206, "34", "Content-Range: bytes 3-4/10", "Content-Length: 2")
                .seeing("hit")),
        conversation(
            "parts that meet are put together",
            get("Range: bytes=2-5").origin(middle).stored(),
            get("Range: bytes=4-9")
                .asked("Range: bytes=4-9")
                .origin(part("4-9/10", "\"a\"", "456789"))
                .stored("fwd=partial"),
            get("Range: bytes=2-9").part(2, 206, "23456789").seeing("hit")),
        conversation(
            "a part of another state takes the place of what there was",
            get("Range: bytes=2-5").origin(middle).stored(),
            get("Range: bytes=6-9").origin(part("6-9/10", "\"b\"", "6789")).stored(),
            get("Range: bytes=6-7").part(2, 206, "67").seeing("hit"),
            get("Range: bytes=4-5").origin(part("4-5/10", "\"b\"", "45")).stored("fwd=partial")));
  }

  private static Stream<Conversation> completed() {
    var beginning = part("0-3/10", "\"a\"", "0123");
    return Stream.of(
        conversation(
            "the rest of a stored beginning is asked for",
            get("Range: bytes=0-3").origin(beginning).stored(),
            get()
                .asked("Range: bytes=4-", "If-Range: \"a\"")
                .origin(part("4-9/10", "\"a\"", "456789"))
                .part(Seen.THIS_TURN, 200, "0123456789", "!Content-Range", "Content-Length: 10")
                .seeing("fwd=partial", "stored"),
            get().part(2, 200, "0123456789", "Content-Length: 10").seeing("hit")),
        conversation(
            "what has changed meanwhile is whole",
            get("Range: bytes=0-3").origin(beginning).stored(),
            get()
                .asked("Range: bytes=4-", "If-Range: \"a\"")
                .origin(fresh("ETag: \"b\""))
                .stored("fwd=partial"),
            get().hit(2)),
        conversation(
            "what is no rest is dropped, and the whole fetched",
            get("Range: bytes=0-3").origin(beginning).stored(),
            get()
                .asked("Range: bytes=4-", "If-Range: \"a\"")
                .origin(part("5-9/10", "\"a\"", "56789"))
                .asked("!Range")
                .origin(WHOLE)
                .part(Seen.THIS_TURN, 200, "0123456789")
                .seeing("stored"),
            get().part(2, 200, "0123456789").seeing("hit")));
  }
}
