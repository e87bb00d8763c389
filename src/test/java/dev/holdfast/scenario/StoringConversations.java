package dev.holdfast.scenario;

import static dev.holdfast.scenario.Answer.answer;
import static dev.holdfast.scenario.Answer.fresh;
import static dev.holdfast.scenario.Answer.ok;
import static dev.holdfast.scenario.Conversation.conversation;
import static dev.holdfast.scenario.Conversation.notStored;
import static dev.holdfast.scenario.Conversation.stored;
import static dev.holdfast.scenario.Turn.get;
import static dev.holdfast.scenario.Turn.head;
import static dev.holdfast.scenario.Turn.request;

import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What a shared cache may store, and what not (RFC 9111 §3). */
final class StoringConversations {

  private StoringConversations() {}

  static Stream<Conversation> all() {
    return Stream.of(statuses(), directives(), mustUnderstand(), credentials(), wholes(), methods())
        .flatMap(conversations -> conversations);
  }

  private static Stream<Conversation> statuses() {
    var explicit =
        IntStream.of(
                200, 201, 202, 203, 204, 226, 299, 300, 301, 302, 303, 307, 308, 399, 401, 402, 403,
                404, 405, 410, 414, 418, 451, 499, 500, 501, 503, 599, 999)
            .mapToObj(status -> stored(status + " that says how long", explicit(status)));
    var never =
        IntStream.of(400, 413, 416, 431)
            .mapToObj(status -> notStored(status + " in any case", "status", explicit(status)));
    var silent =
        IntStream.of(200, 204, 301, 302, 404, 405, 410, 414, 500, 501, 503)
            .mapToObj(
                status ->
                    notStored(status + " that is silent", "no-freshness", answer(status + " X")));
    return Stream.of(explicit, never, silent).flatMap(conversations -> conversations);
  }

  private static Answer explicit(int status) {
    return answer(status + " X", "Cache-Control: max-age=60");
  }

  /** §5.2.2. */
  private static Stream<Conversation> directives() {
    return Stream.of(
        stored("public", ok("Cache-Control: public, max-age=60")),
        stored("unknown directives", fresh("Cache-Control: x, no-stor, y=\"no-store, private\"")),
        stored("no directive, but Expires", ok("Expires: {now+600}")),
        notStored("no-store", "no-store", fresh("Cache-Control: no-store")),
        notStored("no-store in capitals", "no-store", fresh("Cache-Control: NO-STORE")),
        notStored("no-store with an argument", "no-store", fresh("Cache-Control: no-store=\"x\"")),
        notStored("no-store among others", "no-store", fresh("Cache-Control: x,,no-store ,y")),
        notStored("private", "private", fresh("Cache-Control: private")),
        notStored("private and public", "private", fresh("Cache-Control: private, public")),
        notStored("no-cache without validator", "no-cache", fresh("Cache-Control: no-cache")),
        notStored("public that is silent", "no-freshness", ok("Cache-Control: public")),
        own("private", "Cache-Control: private=\"x-own\", max-age=60"),
        own("private, twice", "Cache-Control: private=\"X-Own\", private=\"x-b\", max-age=60"),
        own("no-cache", "Cache-Control: no-cache=\"x-b, X-OWN\", max-age=60"));
  }

  /** §5.2.2.4, §5.2.2.7: of a field that is named only who fetched it hears. */
  private static Conversation own(String directive, String cacheControl) {
    return conversation(
        directive + " of a field: the others are stored",
        get().origin(ok("X-Own: 1", "X-Other: 2", cacheControl)).stored().sees("X-Own: 1"),
        get().hit(1).butFor("x-own").sees("!X-Own"));
  }

  /** §5.2.2.3. */
  private static Stream<Conversation> mustUnderstand() {
    var directives = "Cache-Control: must-understand, no-store, max-age=60";
    return Stream.of(
        stored("must-understand, understood", answer("404 X", directives)),
        notStored("must-understand, not understood", "no-store", answer("299 X", directives)),
        notStored(
            "must-understand alone, not understood",
            "no-store",
            answer("499 X", "Cache-Control: must-understand, max-age=60")));
  }

  /** §3.5, and what Holdfast does of its own with cookies. */
  private static Stream<Conversation> credentials() {
    var bearer = "Authorization: Bearer abc";
    var cookie = "Cookie: a=b";
    return Stream.of(
        notStored("Authorization", "authorization", fresh(), bearer),
        notStored("Cookie", "cookie", fresh(), cookie),
        notStored("Set-Cookie", "set-cookie", fresh("Set-Cookie: a=b")),
        notStored("Set-Cookie and public", "set-cookie", shared("public", "Set-Cookie: a")),
        notStored("Authorization and max-age", "authorization", shared("max-age=9"), bearer),
        stored("Authorization and public", shared("public"), bearer),
        stored("Authorization and s-maxage", ok("Cache-Control: s-maxage=60"), bearer),
        stored("Authorization and must-revalidate", shared("must-revalidate"), bearer),
        stored("Cookie and public", shared("public"), cookie),
        conversation(
            "what nobody's credentials brought: for all",
            get().origin(fresh()).stored(),
            get(bearer, cookie).hit(1)),
        conversation(
            "what may be shared: without credentials too",
            get(bearer).origin(shared("public")).stored(),
            get("Authorization: Basic other").hit(1),
            get().hit(1)));
  }

  private static Answer shared(String directive, String... fields) {
    return fresh(fields).and("Cache-Control: " + directive);
  }

  /** §3.3, §3.4. */
  private static Stream<Conversation> wholes() {
    return Stream.of(
        stored("in chunks", fresh().chunked()),
        stored("up to the connection's end", fresh().untilClose()),
        stored("without content", fresh().content("")),
        stored("larger than a buffer", fresh().content("0123456789".repeat(20_000))),
        conversation(
            "what breaks off: neither whole nor stored",
            get().origin(fresh().cutShort()).stored(),
            get().origin(fresh()).stored("fwd=uri-miss"),
            get().hit(2)),
        notStored("a stream of events", "event-stream", fresh("Content-Type: text/event-stream")));
  }

  private static Stream<Conversation> methods() {
    var located = fresh("Content-Location: {target}");
    return Stream.of(
        conversation(
            "HEAD: not stored, but answered by what a GET brought",
            head().origin(fresh()).notStored("method"),
            get().origin(fresh()).stored("fwd=uri-miss"),
            head().hit(2)),
        conversation(
            "POST: not stored",
            request("POST").with("x").origin(fresh()).notStored("method"),
            get().origin(fresh()).stored("fwd=uri-miss")),
        conversation(
            "POST of what another GET would bring: not stored",
            request("POST").origin(fresh("Content-Location: {target}/x")).notStored("method"),
            get().at("/x").origin(fresh()).stored("fwd=uri-miss")),
        conversation(
            "PUT that says how long: not stored",
            request("PUT").with("x").origin(located).notStored("method"),
            get().origin(fresh()).stored("fwd=uri-miss")));
  }

  /**
   * RFC 9110 §9.3.3. Not stored where anything of the origin's is invalidated meanwhile, so this is
   * for quiet times.
   */
  static Conversation ofAPost() {
    var located = fresh("Content-Location: {target}");
    return conversation(
        "POST of what a GET would bring: stored, for GET and HEAD alone",
        request("POST").with("x").origin(located).stored("fwd=method"),
        get().hit(1),
        head().hit(1),
        request("POST").with("x").origin(ok()).notStored("method"),
        get().origin(fresh()).stored("fwd=uri-miss"));
  }
}
