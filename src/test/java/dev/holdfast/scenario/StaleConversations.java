package dev.holdfast.scenario;

import static dev.holdfast.scenario.Answer.answer;
import static dev.holdfast.scenario.Answer.fresh;
import static dev.holdfast.scenario.Answer.none;
import static dev.holdfast.scenario.Answer.notModified;
import static dev.holdfast.scenario.Answer.ok;
import static dev.holdfast.scenario.Conversation.conversation;
import static dev.holdfast.scenario.Turn.get;
import static dev.holdfast.scenario.Turn.head;
import static dev.holdfast.scenario.Turn.request;

import java.util.stream.IntStream;
import java.util.stream.Stream;

/** When a stale response is used, and when not (RFC 9111 §4.2.4, RFC 5861). */
final class StaleConversations {

  private static final String REVALIDATE = "stale-while-revalidate";
  private static final String ERROR = "stale-if-error";

  private StaleConversations() {}

  static Stream<Conversation> all() {
    return Stream.of(
            unsaid(), whileRevalidating(), onErrors(), onFailures(), otherErrors(), forbidden())
        .flatMap(conversations -> conversations);
  }

  /** 100 seconds old, and stale for 40 of them. */
  private static Answer stale(String directives, String... fields) {
    return ok(fields).and("Age: 100").and("Cache-Control: max-age=60, " + directives);
  }

  private static Stream<Conversation> unsaid() {
    var old = stale("x", "ETag: \"a\"");
    return Stream.of(
        conversation(
            "stale, and nobody allows it: the origin's error is shown",
            get().origin(old).stored(),
            get().asked("If-None-Match: \"a\"").origin(answer("503 X")).forwarded("fwd=stale"),
            get().asked("If-None-Match: \"a\"").origin(notModified()).confirmed(1)));
  }

  /** RFC 5861 §3. */
  private static Stream<Conversation> whileRevalidating() {
    var window = REVALIDATE + "=600";
    var detail = "detail=" + REVALIDATE;
    return Stream.of(
        conversation(
            "stale-while-revalidate: served, and fetched anew behind it",
            get().origin(stale(window)).stored(),
            get().origin(fresh()).behind().hit(1, detail).age(100).ttl(-40),
            get().eventually().hit(2, "!detail")),
        conversation(
            "stale-while-revalidate: served, and validated behind it",
            get().origin(stale(window, "ETag: \"a\"")).stored(),
            get()
                .asked("If-None-Match: \"a\"")
                .origin(notModified("Cache-Control: max-age=700"))
                .behind()
                .hit(1, detail),
            get().eventually().hit(1, "!detail").sees("Cache-Control: max-age=700")),
        conversation(
            "stale-while-revalidate, and it fails: what is stored stays",
            get().origin(stale(window)).stored(),
            get().origin(answer("500 X")).behind().hit(1, detail),
            get("Cache-Control: max-stale").hit(1)),
        conversation(
            "stale-while-revalidate for a HEAD: served, and left to the next GET to fetch anew",
            get().origin(stale(window)).stored(),
            head().hit(1, detail),
            get().origin(fresh()).behind().hit(1, detail),
            get().eventually().hit(3, "!detail")),
        conversation(
            "stale-while-revalidate, and a condition: answered at once",
            get().origin(stale(window, "ETag: \"a\"")).stored(),
            get("If-None-Match: \"a\"")
                .asked("If-None-Match: \"a\"")
                .origin(fresh("ETag: \"b\""))
                .behind()
                .unchanged(1, "hit", detail),
            get("If-None-Match: \"a\"").eventually().hit(2)),
        waits("stale-while-revalidate is over", REVALIDATE + "=10"),
        waits("stale-while-revalidate=x", REVALIDATE + "=x"),
        waits("stale-while-revalidate: max-age is not accepted", window, "max-age=50"),
        waits("stale-while-revalidate: min-fresh is not there", window, "min-fresh=1"),
        waits("stale-while-revalidate: no-cache is asked for", window, "no-cache"),
        waits("stale-while-revalidate, must-revalidate", window + ", must-revalidate"),
        waits("stale-while-revalidate, proxy-revalidate", window + ", proxy-revalidate"),
        waits("stale-while-revalidate, s-maxage", window + ", s-maxage=60"),
        waits("stale-while-revalidate, no-cache", window + ", no-cache"));
  }

  private static Conversation waits(String what, String directives, String... request) {
    var turn = request.length == 0 ? get() : get("Cache-Control: " + request[0]);
    return conversation(
        what + ": the caller waits for the origin",
        get().origin(stale(directives, "ETag: \"a\"")).stored(),
        turn.asked("If-None-Match: \"a\"").origin(fresh()).stored("fwd=stale"),
        get().hit(2));
  }

  /** RFC 5861 §4. */
  private static Stream<Conversation> onErrors() {
    return IntStream.of(500, 502, 503, 504)
        .mapToObj(
            status ->
                conversation(
                    "stale-if-error, and " + status + ": served",
                    get().origin(stale(ERROR + "=600")).stored(),
                    get()
                        .origin(answer(status + " X"))
                        .inPlaceOfAnError(1, ERROR)
                        .seeing("fwd=stale", "fwd-status=" + status)
                        .age(100)));
  }

  private static Stream<Conversation> onFailures() {
    var window = ERROR + "=600";
    return Stream.of(
        conversation(
            "stale-if-error, and no answer: served",
            get().origin(stale(window)).stored(),
            get().origin(none()).inPlaceOfAnError(1, ERROR).seeing("fwd=stale")),
        conversation(
            "stale-if-error of the request: served",
            get().origin(stale("x", "ETag: \"a\"")).stored(),
            get("Cache-Control: " + window)
                .asked("If-None-Match: \"a\"")
                .origin(answer("500 X"))
                .inPlaceOfAnError(1, ERROR)),
        conversation(
            "stale-if-error for a HEAD: served",
            get().origin(stale(window)).stored(),
            head().origin(answer("503 X")).inPlaceOfAnError(1, ERROR)),
        conversation(
            "stale-if-error, and a condition: answered by what is stored",
            get().origin(stale(window, "ETag: \"a\"")).stored(),
            get("If-None-Match: \"a\"")
                .asked("If-None-Match: \"a\"")
                .origin(answer("503 X"))
                .unchanged(1, "detail=" + ERROR)),
        conversation(
            "stale-if-error, and an error that says how long: it does not take the place",
            get().origin(stale(window)).stored(),
            get().origin(answer("503 X", "Cache-Control: max-age=60")).inPlaceOfAnError(1, ERROR),
            get("Cache-Control: max-stale").hit(1)),
        conversation(
            "stale-if-error is not about other methods",
            get().origin(stale(window)).stored(),
            request("POST").origin(answer("503 X")).notStored("method"),
            get("Cache-Control: max-stale").hit(1)));
  }

  /** Which are answers, and no failures. */
  private static Stream<Conversation> otherErrors() {
    return IntStream.of(400, 403, 404, 410, 429, 501, 505)
        .mapToObj(
            status ->
                conversation(
                    "stale-if-error, and " + status + ": shown",
                    get().origin(stale(ERROR + "=600")).stored(),
                    get().origin(answer(status + " X")).forwarded("fwd-status=" + status)));
  }

  private static Stream<Conversation> forbidden() {
    var window = ERROR + "=600";
    return Stream.of(
        shown("stale-if-error is over", ERROR + "=10"),
        shown("stale-if-error=x", ERROR + "=x"),
        shown("stale-if-error, must-revalidate", window + ", must-revalidate"),
        shown("stale-if-error, proxy-revalidate", window + ", proxy-revalidate"),
        shown("stale-if-error, s-maxage", window + ", s-maxage=60"),
        shown("stale-if-error, no-cache", window + ", no-cache"),
        shown("stale-if-error, no-cache of the request", window, "no-cache"));
  }

  private static Conversation shown(String what, String directives, String... request) {
    var turn = request.length == 0 ? get() : get("Cache-Control: " + request[0]);
    return conversation(
        what + ": the error is shown",
        get().origin(stale(directives, "ETag: \"a\"")).stored(),
        turn.asked("If-None-Match: \"a\"").origin(answer("503 X")).forwarded("fwd-status=503"),
        get().asked("If-None-Match: \"a\"").origin(notModified()).confirmed(1));
  }
}
