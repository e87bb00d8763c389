package dev.holdfast.scenario;

import static dev.holdfast.scenario.Answer.fresh;
import static dev.holdfast.scenario.Answer.notModified;
import static dev.holdfast.scenario.Answer.ok;
import static dev.holdfast.scenario.Conversation.conversation;
import static dev.holdfast.scenario.Turn.get;
import static dev.holdfast.scenario.Turn.head;

import java.util.stream.Stream;

/** What a request's own directives ask of a cache (RFC 9111 §5.2.1, §5.4). */
final class RequestConversations {

  /** 100 seconds old, and fresh for 500 more. */
  private static final Answer FRESH = ok("Cache-Control: max-age=600", "Age: 100");

  private static final Answer STALE = Answer.stale("ETag: \"a\"");

  private RequestConversations() {}

  static Stream<Conversation> all() {
    return Stream.of(accepting(), refusing(), stale(), onlyIfCached(), notStoring(), pragma())
        .flatMap(conversations -> conversations);
  }

  /** The request is answered from the cache. */
  private static Conversation accepted(Answer answer, String... request) {
    return conversation(
        String.join(", ", request) + ": accepts what is stored",
        get().origin(answer).stored(),
        get(request).hit(1));
  }

  /** The request is forwarded, and the next one answered by what that has brought. */
  private static Conversation forwarded(String... request) {
    return conversation(
        String.join(", ", request) + ": goes to the origin",
        get().origin(FRESH).stored(),
        get(request).origin(fresh()).stored("fwd=request"),
        get().hit(2));
  }

  private static Stream<Conversation> accepting() {
    return Stream.of(
        accepted(FRESH, "Cache-Control: max-age=400"),
        accepted(FRESH, "Cache-Control: min-fresh=100"),
        accepted(FRESH, "Cache-Control: max-age=400, min-fresh=100"),
        accepted(FRESH, "Cache-Control: max-stale"),
        accepted(FRESH, "Cache-Control: only-if-cached"),
        accepted(FRESH, "Cache-Control: no-store"),
        accepted(FRESH, "Cache-Control: no-transform"),
        accepted(FRESH, "Cache-Control: max-agee=0, s-maxage=0, x=\"no-cache\""),
        accepted(FRESH, "Cache-Control:"));
  }

  private static Stream<Conversation> refusing() {
    return Stream.of(
        forwarded("Cache-Control: no-cache"),
        forwarded("Cache-Control: No-Cache"),
        forwarded("Cache-Control: x", "Cache-Control: no-cache"),
        forwarded("Cache-Control: max-age=0"),
        forwarded("Cache-Control: max-age=50"),
        forwarded("Cache-Control: max-age=\"50\""),
        forwarded("Cache-Control: max-age=x"),
        forwarded("Cache-Control: max-age=50, max-age=400"),
        forwarded("Cache-Control: min-fresh=5000"),
        forwarded("Cache-Control: max-age=50, max-stale=1000"),
        conversation(
            "no-cache, and what is stored has a tag: it is asked about",
            get().origin(fresh("ETag: \"a\"")).stored(),
            get("Cache-Control: no-cache")
                .asked("If-None-Match: \"a\"")
                .origin(notModified())
                .confirmed(1, "fwd=request")),
        conversation(
            "HEAD with no-cache goes to the origin",
            get().origin(fresh()).stored(),
            head("Cache-Control: no-cache").origin(ok()).notStored("method").seeing("fwd=request"),
            get("Cache-Control: no-cache").origin(fresh()).stored("!hit")));
  }

  /** §5.2.1.2. */
  private static Stream<Conversation> stale() {
    return Stream.of(
        accepted(STALE, "Cache-Control: max-stale"),
        accepted(STALE, "Cache-Control: max-stale=1000"),
        accepted(STALE, "Cache-Control: max-stale=1000, max-age=1000"),
        validated("max-stale=10", STALE),
        validated("max-stale=x", STALE),
        validated("min-fresh=0", STALE),
        validated("max-stale, no-cache", STALE),
        validated("max-stale", STALE.and("Cache-Control: must-revalidate")),
        validated("max-stale", STALE.and("Cache-Control: proxy-revalidate")),
        validated("max-stale", STALE.and("Cache-Control: s-maxage=10")),
        validated("max-stale", STALE.and("Cache-Control: no-cache")),
        conversation(
            "max-stale is about one request",
            get().origin(STALE).stored(),
            get("Cache-Control: max-stale").hit(1).age(100).ttl(-40),
            get().asked("If-None-Match: \"a\"").origin(notModified()).confirmed(1)));
  }

  private static Conversation validated(String directives, Answer answer) {
    return conversation(
        directives + ", " + answer.fields() + " is stored: it is asked about",
        get().origin(answer).stored(),
        get("Cache-Control: " + directives)
            .asked("If-None-Match: \"a\"")
            .origin(notModified())
            .confirmed(1, "fwd=stale"));
  }

  /** §5.2.1.7. */
  private static Stream<Conversation> onlyIfCached() {
    var only = "Cache-Control: only-if-cached";
    return Stream.of(
        conversation(
            "only-if-cached where nothing is",
            get(only).refused(504, "only-if-cached"),
            head(only).refused(504, "only-if-cached"),
            get().origin(fresh()).stored(),
            get(only).hit(3),
            head(only).hit(3)),
        conversation(
            "only-if-cached where something stale is",
            get().origin(STALE).stored(),
            get(only).refused(504, "only-if-cached"),
            get(only + ", max-stale").hit(1)),
        conversation(
            "only-if-cached, and no-cache",
            get().origin(fresh()).stored(),
            get(only + ", no-cache").refused(504, "only-if-cached"),
            get(only + ", min-fresh=500").refused(504, "only-if-cached"),
            get(only + ", max-age=500").hit(1)),
        conversation(
            "only-if-cached where another variant is",
            get("X-A: 1").origin(fresh("Vary: X-A")).stored(),
            get(only, "X-A: 2").refused(504, "only-if-cached"),
            get(only, "X-A: 1").hit(1)));
  }

  /** §5.2.1.5. */
  private static Stream<Conversation> notStoring() {
    var no = "Cache-Control: no-store";
    return Stream.of(
        conversation(
            "no-store: what is fetched for it is not stored",
            get(no).origin(fresh()).notStored("request-no-store"),
            get().origin(fresh()).stored("fwd=uri-miss"),
            get(no).hit(2)),
        conversation(
            "no-store where something stale is: that stays",
            get().origin(STALE).stored(),
            get(no).origin(fresh()).notStored("request-no-store").seeing("fwd=stale"),
            get("Cache-Control: max-stale").hit(1)));
  }

  /** §5.4. */
  private static Stream<Conversation> pragma() {
    return Stream.of(
        forwarded("Pragma: no-cache"),
        forwarded("Pragma: x, no-cache"),
        accepted(FRESH, "Pragma: x"),
        accepted(FRESH, "Pragma: no-cache", "Cache-Control: max-age=400"));
  }
}
