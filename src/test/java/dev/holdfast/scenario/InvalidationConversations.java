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

/** What a request makes unusable of that which is stored (RFC 9111 §4.4). */
final class InvalidationConversations {

  private InvalidationConversations() {}

  static Stream<Conversation> all() {
    return Stream.of(methods(), statuses(), named(), others(), unknown())
        .flatMap(conversations -> conversations);
  }

  private static Stream<Conversation> methods() {
    var unsafe =
        Stream.of("POST", "PUT", "DELETE", "PATCH", "MKCOL", "LOCK", "BREW", "get", "M-SEARCH");
    var safe = Stream.of("OPTIONS", "TRACE", "PROPFIND", "REPORT", "SEARCH", "QUERY");
    return Stream.concat(
        unsafe.map(method -> invalidated(method, request(method).origin(ok()))),
        safe.map(method -> untouched(method, request(method).origin(ok()))));
  }

  private static Stream<Conversation> statuses() {
    var success = IntStream.of(200, 201, 202, 204, 299, 301, 302, 303, 399);
    var error = IntStream.of(400, 401, 404, 409, 412, 499, 500, 503, 599, 999);
    return Stream.concat(
        success.mapToObj(status -> invalidated("PUT, " + status, put(answer(status + " X")))),
        error.mapToObj(status -> untouched("PUT, " + status, put(answer(status + " X")))));
  }

  private static Turn put(Answer answer) {
    return request("PUT").with("x").origin(answer);
  }

  private static Conversation invalidated(String what, Turn unsafe) {
    return conversation(
        what + ": what is stored is not used any more",
        get().origin(fresh("ETag: \"a\"")).stored(),
        unsafe.notStored("method").seeing("fwd=method"),
        get().origin(fresh()).stored(),
        get().hit(3));
  }

  private static Conversation untouched(String what, Turn safe) {
    return conversation(
        what + ": what is stored stays",
        get().origin(fresh()).stored(),
        safe.notStored("method").seeing("fwd=method"),
        get().hit(1));
  }

  /** What {@code Location} and {@code Content-Location} name. */
  private static Stream<Conversation> named() {
    return Stream.of("Location", "Content-Location")
        .flatMap(
            field ->
                Stream.of(
                    namedInvalidated(field + ": {target}/b"),
                    namedInvalidated(field + ": {origin}{target}/b"),
                    namedInvalidated(field + ": x/../b"),
                    namedInvalidated(field + ": b"),
                    namedInvalidated(field + ": {target}/b#part"),
                    namedUntouched(field + ": http://example.com{target}/b"),
                    namedUntouched(field + ": http://127.0.0.1:1{target}/b"),
                    namedUntouched(field + ": {target}/b?x"),
                    namedUntouched(field + ": {target}/B"),
                    namedUntouched(field + ": ::|%")));
  }

  private static Conversation namedInvalidated(String field) {
    return conversation(
        field + ": that is not used any more",
        get().at("/b").origin(fresh()).stored(),
        request("POST").at("/a").origin(answer("201 X", field)).notStored("method"),
        get().at("/b").origin(fresh()).stored());
  }

  private static Conversation namedUntouched(String field) {
    return conversation(
        field + ": another stays",
        get().at("/b").origin(fresh()).stored(),
        request("POST").at("/a").origin(answer("201 X", field)).notStored("method"),
        get().at("/b").hit(1));
  }

  private static Stream<Conversation> others() {
    var location = "Location: {target}/b";
    return Stream.of(
        conversation(
            "an error invalidates nothing that it names",
            get().at("/b").origin(fresh()).stored(),
            request("POST").origin(answer("400 X", location)).notStored("method"),
            get().at("/b").hit(1)),
        conversation(
            "a GET invalidates nothing that it names",
            get().at("/b").origin(fresh()).stored(),
            get().origin(fresh(location)).stored(),
            get().at("/b").hit(1)),
        conversation(
            "another query is another target",
            get().at("?a=1").origin(fresh()).stored(),
            get().origin(fresh()).stored(),
            request("DELETE").at("?a=2").origin(ok()).notStored("method"),
            get().at("?a=1").hit(1),
            request("DELETE").at("?a=1").origin(ok()).notStored("method"),
            get().at("?a=1").origin(fresh()).stored(),
            get().hit(2)),
        conversation(
            "what lies under the target stays",
            get().at("/a/b").origin(fresh()).stored(),
            request("DELETE").at("/a").origin(ok()).notStored("method"),
            get().at("/a/b").hit(1)),
        conversation(
            "all variants of the target go",
            get("X-A: 1").origin(fresh("Vary: X-A")).stored(),
            get("X-A: 2").origin(fresh("Vary: X-A")).stored(),
            request("DELETE", "X-A: 1").origin(ok()).notStored("method"),
            get("X-A: 2").origin(fresh("Vary: X-A")).stored(),
            get("X-A: 1").origin(fresh("Vary: X-A")).stored()));
  }

  /** Holdfast's own word: where nobody knows what an unsafe request has done. */
  private static Stream<Conversation> unknown() {
    return Stream.of(
        conversation(
            "an outcome that nobody knows invalidates",
            get().origin(fresh()).stored(),
            request("POST").origin(none()).refused(502, "origin-failed"),
            get().origin(fresh()).stored()),
        conversation(
            "what is invalidated stands in for no error, and is not asked about",
            get().origin(fresh("ETag: \"a\"", "Cache-Control: stale-if-error=600")).stored(),
            request("DELETE").origin(answer("204 X")).notStored("method"),
            head("Cache-Control: only-if-cached, max-stale").refused(504, "only-if-cached"),
            get().origin(answer("503 X")).forwarded("fwd=uri-miss"),
            get("If-None-Match: \"a\"").origin(fresh("ETag: \"a\"")).unchanged(5, "stored"),
            get().eventually().hit(5)),
        conversation(
            "a 304 to an unsafe request is no error",
            get().origin(fresh()).stored(),
            request("PUT").origin(notModified()).notStored("method"),
            get().origin(fresh()).stored()));
  }
}
