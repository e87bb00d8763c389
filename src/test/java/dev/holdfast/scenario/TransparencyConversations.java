package dev.holdfast.scenario;

import static dev.holdfast.scenario.Answer.answer;
import static dev.holdfast.scenario.Answer.fresh;
import static dev.holdfast.scenario.Answer.ok;
import static dev.holdfast.scenario.Conversation.conversation;
import static dev.holdfast.scenario.Conversation.stored;
import static dev.holdfast.scenario.Turn.get;
import static dev.holdfast.scenario.Turn.head;
import static dev.holdfast.scenario.Turn.request;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What passes a gateway unchanged, and what is the hop's own (RFC 9110 §7). */
final class TransparencyConversations {

  private static final String LONG_QUERY = "?" + "x".repeat(7_000);

  private TransparencyConversations() {}

  static Stream<Conversation> all() {
    return Stream.of(methods(), statuses(), fields(), contents(), hops(), targets())
        .flatMap(conversations -> conversations);
  }

  private static Stream<Conversation> methods() {
    return Stream.of("POST", "PUT", "PATCH", "DELETE", "PROPFIND", "QUERY", "x", "!#$%&'*+-.^_`|~9")
        .map(
            method ->
                conversation(
                    method + " with and without content",
                    request(method).origin(answer("207 X", "X-A: 1")).notStored("method"),
                    request(method, "X-A: 1", "Content-Type: a/b")
                        .with("content")
                        .origin(ok().chunked())
                        .notStored("method")));
  }

  /** By a method that nothing is stored of. */
  private static Stream<Conversation> statuses() {
    return IntStream.rangeClosed(2, 9)
        .mapToObj(
            hundreds ->
                new Conversation(
                    "statuses from " + hundreds + "00 on",
                    IntStream.of(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 18, 26, 51, 99)
                        .mapToObj(more -> ofStatus(100 * hundreds + more))
                        .toList()));
  }

  private static Turn ofStatus(int status) {
    var answer = answer(status + " As It Is", "X-A: " + status, "Location: /elsewhere");
    return request("PUT").origin(status == 205 ? answer.content("") : answer).forwarded();
  }

  private static Stream<Conversation> fields() {
    return Stream.of(
        stored("a field that nobody knows", fresh("X-Unknown: as it is")),
        stored("lines of one name, in order", fresh("X-A: 1", "X-B: 2", "x-a: 3", "X-A: 1")),
        stored("an empty field", fresh("X-A:")),
        stored("commas and white space", fresh("X-A: a,  b ,c\td")),
        stored("obs-text", fresh("X-A: \u0080\u00e9\u00ff")),
        stored("Date and Server", fresh("Date: {now-5}", "Server: some/1.0 (it is)")),
        stored("a Date that is none", fresh("Date: x")),
        stored("a tag that is none", fresh("ETag: abc")),
        stored("Last-Modified that is none", fresh("Last-Modified: x")),
        stored("Warning, Pragma", fresh("Warning: 110 - \"x\"", "Pragma: no-cache")),
        stored("Link, Alt-Svc", fresh("Link: </a>; rel=next", "Alt-Svc: h3=\":443\"")),
        stored("targeted fields", fresh("CDN-Cache-Control: max-age=60", "Surrogate-Key: a b")),
        stored("many fields", fresh(numbered(200))),
        stored("a long field", fresh("X-A: " + "a".repeat(16_000))),
        stored("fields of the request", fresh(), numbered(200)),
        stored("obs-text in the request", fresh(), "X-A: \u0080\u00e9\u00ff", "X-A: b"),
        stored("what a browser sends", fresh(), "User-Agent: u", "Accept: */*", "Referer: r"),
        stored("a long field of the request", fresh(), "X-A: " + "a".repeat(16_000)));
  }

  private static String[] numbered(int count) {
    return IntStream.range(0, count).mapToObj(i -> "X-" + i + ": " + i).toArray(String[]::new);
  }

  private static Stream<Conversation> contents() {
    var elsewhere = "Location: https://example.com/x?y#z";
    return Stream.of(
        stored("gzip that is none", fresh("Content-Encoding: gzip", "Content-Type: text/plain")),
        stored("an unknown coding", fresh("Content-Encoding: x, y")),
        stored("no-transform", fresh("Cache-Control: no-transform")),
        stored("a redirect", answer("301 X", elsewhere, "Cache-Control: max-age=60")),
        stored("another redirect", answer("307 X", elsewhere, "Cache-Control: max-age=60")),
        stored("beyond ASCII", fresh("Content-Type: text/plain; charset=utf-8").content("\u20ac")),
        conversation(
            "a part: passed on, not stored",
            get("Range: bytes=0-3")
                .origin(answer("206 X", "Content-Range: bytes 0-3/9").content("part"))
                .notStored("partial-response")),
        conversation(
            "HEAD: the length of what a GET would bring",
            head()
                .origin(fresh().content("as long as that"))
                .forwarded()
                .sees("Content-Length: 15"),
            get().origin(fresh().content("as long as that")).stored(),
            head().hit(2).sees("Content-Length: 15")));
  }

  /** RFC 9110 §7.6. */
  private static Stream<Conversation> hops() {
    return Stream.of(
        left("what Connection names", "X-Hop", "Connection: X-Hop", "X-Hop: 1"),
        left("what a list in Connection names", "X-Hop", "Connection: x, x-hop", "X-Hop: 1"),
        left("Keep-Alive", "Keep-Alive", "Keep-Alive: timeout=5"),
        left("Proxy-Authenticate", "Proxy-Authenticate", "Proxy-Authenticate: Basic"),
        left("Proxy-Connection", "Proxy-Connection", "Proxy-Connection: keep-alive"),
        left("Upgrade", "Upgrade", "Upgrade: h2c"),
        conversation(
            "of the caller's hop the origin sees nothing",
            get("Connection: X-Hop", "X-Hop: 1", "TE: trailers", "Keep-Alive: 5", "X-A: 1")
                .asked("!X-Hop", "!Connection", "!TE", "!Keep-Alive", "X-A: 1")
                .origin(fresh())
                .stored(),
            get().hit(1)),
        conversation(
            "what would redirect an origin that trusts it: the origin sees nothing",
            get("X-Forwarded-Host: evil", "X-Original-URL: /evil", "Forwarded: host=evil")
                .asked("!X-Forwarded-Host", "!X-Original-URL", "!Forwarded")
                .origin(fresh())
                .stored()),
        conversation(
            "Cache-Status of a cache before this one: kept",
            get().origin(fresh("Cache-Status: up;hit")).stored().butFor("cache-status")),
        conversation("own name in Via: a circle", get("Via: 1.1 holdfast").refused(508, "loop")));
  }

  private static Conversation left(String what, String name, String... fields) {
    return conversation(
        what + " of the origin's hop: the caller sees nothing",
        get().origin(fresh(fields)).stored().butFor("x-hop").sees("!" + name),
        get().hit(1).butFor("x-hop").sees("!" + name));
  }

  /** Byte for byte, and each of them another. */
  private static Stream<Conversation> targets() {
    var others =
        List.of(
            "/",
            "//",
            "/a/b",
            "/a%2Fb",
            "/a%2fb",
            "/A/b",
            "/a/./b",
            "/a/x/../b",
            "/a;x/b",
            "?",
            "?a",
            "?a=1",
            "?a=%31",
            "?b&a",
            "?a&b",
            "?a&&b",
            "/a?/b",
            "/~!$&'()*+,=:@",
            LONG_QUERY);
    var turns = new ArrayList<Turn>();
    for (var other : others) {
      turns.add(get().at(other).origin(fresh()).stored("fwd=uri-miss"));
      turns.add(get().at(other).hit(turns.size()));
    }
    return Stream.of(new Conversation("targets that are not the same", turns));
  }
}
