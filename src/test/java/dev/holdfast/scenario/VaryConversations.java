package dev.holdfast.scenario;

import static dev.holdfast.scenario.Answer.fresh;
import static dev.holdfast.scenario.Answer.notModified;
import static dev.holdfast.scenario.Answer.stale;
import static dev.holdfast.scenario.Conversation.conversation;
import static dev.holdfast.scenario.Conversation.notStored;
import static dev.holdfast.scenario.Turn.get;
import static dev.holdfast.scenario.Turn.head;

import java.util.stream.Stream;

/** Which request a stored response answers, where it depends on fields (RFC 9111 §4.1). */
final class VaryConversations {

  private static final Answer BY_LANGUAGE = fresh("Vary: Accept-Language");

  private VaryConversations() {}

  static Stream<Conversation> all() {
    return Stream.of(same(), other(), variants(), bounds(), changing())
        .flatMap(conversations -> conversations);
  }

  private static Conversation same(String field, String one, String another) {
    return conversation(
        field + ", " + one + " and " + another + ": the same",
        get(one).origin(fresh("Vary: " + field)).stored(),
        get(another).hit(1));
  }

  private static Conversation other(String field, String one, String another) {
    return conversation(
        field + ", " + one + " and " + another + ": others",
        get(one).origin(fresh("Vary: " + field)).stored("fwd=uri-miss"),
        get(another).origin(fresh("Vary: " + field)).stored("fwd=vary-miss"),
        get(one).hit(1),
        get(another).hit(2));
  }

  private static Stream<Conversation> same() {
    return Stream.of(
        same("X-A", "X-A: 1", "X-A: 1"),
        same("x-a", "X-A: 1", "X-a: 1"),
        same("X-A", "X-A:   1  ", "X-A:1"),
        same("X-A", "X-A: 1, 2", "X-A: 1,2"),
        same("X-A", "X-B: 1", "X-B: 2"),
        same("", "X-A: 1", "X-A: 2"),
        same("Accept-Language", "Accept-Language: de, en;q=0.5", "accept-language:DE,en;Q=0.50"),
        same("Accept-Language", "Accept-Language: de, en", "Accept-Language: en, de"),
        same("Accept-Encoding", "Accept-Encoding: gzip, br", "Accept-Encoding: BR, gzip"),
        same("Accept-Encoding", "Accept-Encoding: gzip;q=1.0", "Accept-Encoding: gzip"),
        conversation(
            "several lines and one: the same",
            get("X-A: 1", "X-A: 2").origin(fresh("Vary: X-A")).stored(),
            get("X-A: 1, 2").hit(1)));
  }

  private static Stream<Conversation> other() {
    return Stream.of(
        other("X-A", "X-A: 1", "X-A: 2"),
        other("X-A", "X-A: 1", "X-B: 1"),
        other("X-A", "X-A: a", "X-A: A"),
        other("X-A", "X-A: 1, 2", "X-A: 2, 1"),
        other("X-A", "X-A:", "X-B: 1"),
        other("X-A, X-B", "X-A: 1", "X-B: 1"),
        other("Accept-Language", "Accept-Language: de", "Accept-Language: en"),
        other("Accept-Language", "Accept-Language: de", "Accept-Language: de-CH"),
        other("Accept-Language", "Accept-Language: de;q=0.5, en", "Accept-Language: de, en;q=0.5"),
        other("Accept-Encoding", "Accept-Encoding: gzip", "Accept-Encoding: gzip;q=0"));
  }

  private static Stream<Conversation> variants() {
    var german = "Accept-Language: de";
    var french = "Accept-Language: fr";
    var tagged = stale("Vary: Accept-Language");
    return Stream.of(
        conversation(
            "one without the field, and one with",
            get().origin(BY_LANGUAGE).stored(),
            get(german).origin(BY_LANGUAGE).stored("fwd=vary-miss"),
            get().hit(1),
            head(german).hit(2)),
        conversation(
            "all variants are asked about by their tags, the selected one first",
            get(german).origin(tagged.and("ETag: \"de\"")).stored(),
            get(french).origin(tagged.and("ETag: \"fr\"")).stored("fwd=vary-miss"),
            get(german)
                .asked("If-None-Match: \"de\", \"fr\"")
                .origin(notModified("ETag: \"de\""))
                .confirmed(1),
            get(french)
                .asked("If-None-Match: \"fr\", \"de\"")
                .origin(notModified("ETag: \"fr\""))
                .confirmed(2),
            get(german).hit(1),
            get(french).hit(2)),
        conversation(
            "a HEAD is about the variant that it selects",
            get(german).origin(tagged.and("ETag: \"de\"")).stored(),
            get(french).origin(BY_LANGUAGE).stored("fwd=vary-miss"),
            head(german).origin(tagged.and("ETag: \"x\"")).notStored("method"),
            get(french).hit(2),
            get(german).origin(BY_LANGUAGE).stored("!hit")),
        conversation(
            "a condition is about the variant that the request selects",
            get(german).origin(BY_LANGUAGE.and("ETag: \"de\"")).stored(),
            get(french)
                .asked("If-None-Match: \"de\"")
                .origin(BY_LANGUAGE.and("ETag: \"fr\""))
                .stored(),
            get(german, "If-None-Match: \"de\"").unchanged(1, "hit"),
            get(french, "If-None-Match: \"de\"").hit(2)),
        conversation(
            "who accepts nothing but what is stored, and nothing it selects is",
            get(german).origin(BY_LANGUAGE).stored(),
            get(french, "Cache-Control: only-if-cached").refused(504, "only-if-cached")),
        conversation(
            "credentials that select",
            get("Authorization: a").origin(fresh("Vary: Authorization")).notStored("authorization"),
            get("Authorization: a")
                .origin(fresh("Vary: Authorization", "Cache-Control: public"))
                .stored(),
            get("Authorization: a").hit(2),
            get("Authorization: b").origin(fresh()).notStored("authorization")));
  }

  private static Stream<Conversation> bounds() {
    return Stream.of(
        notStored("Vary: *", "vary-star", fresh("Vary: *")),
        notStored("* among others", "vary-star", fresh("Vary: X-A, *")),
        notStored("* in another line", "vary-star", fresh("Vary: X-A", "Vary: *")),
        notStored("nine fields", "vary-too-wide", fresh("Vary: a, b, c, d, e, f, g, h, i")),
        conversation(
            "eight fields, some twice",
            get("A: 1").origin(fresh("Vary: a, b, c, d", "Vary: e, f, g, h, A, b")).stored(),
            get("A: 1").hit(1),
            get("A: 1", "H: 1").origin(fresh()).stored("fwd=vary-miss")));
  }

  /** Which of several responses it is: the most recent. */
  private static Stream<Conversation> changing() {
    var again = "Cache-Control: no-cache";
    return Stream.of(
        conversation(
            "a later one for all takes the place of each",
            get("X-A: 1").origin(fresh("Vary: X-A")).stored(),
            get("X-A: 2").origin(fresh("Vary: X-A")).stored(),
            get("X-A: 3").origin(fresh()).stored("fwd=vary-miss"),
            get("X-A: 1").hit(3),
            get("X-A: 2").hit(3)),
        conversation(
            "a later one for some takes the place of that for all",
            get("X-A: 1").origin(fresh()).stored(),
            get("X-A: 2", again).origin(fresh("Vary: X-A")).stored(),
            get("X-A: 2").hit(2),
            get("X-A: 1").origin(fresh("Vary: X-A")).stored("fwd=vary-miss"),
            get("X-A: 2").hit(2)),
        conversation(
            "by another field: the later one counts for whom it answers",
            get("X-A: 1", "X-B: 1").origin(fresh("Vary: X-A")).stored(),
            get("X-A: 2", "X-B: 2").origin(fresh("Vary: X-B")).stored(),
            get("X-A: 1", "X-B: 2").hit(2),
            get("X-A: 3", "X-B: 2").hit(2)),
        conversation(
            "the same variant anew: the other stays",
            get("X-A: 1").origin(fresh("Vary: X-A")).stored(),
            get("X-A: 2").origin(fresh("Vary: X-A")).stored(),
            get("X-A: 1", again).origin(fresh("Vary: X-A")).stored(),
            get("X-A: 1").hit(3),
            get("X-A: 2").hit(2)));
  }
}
