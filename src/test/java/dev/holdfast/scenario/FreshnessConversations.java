package dev.holdfast.scenario;

import static dev.holdfast.scenario.Answer.ok;
import static dev.holdfast.scenario.Conversation.conversation;
import static dev.holdfast.scenario.Conversation.notStored;
import static dev.holdfast.scenario.Turn.get;

import java.util.stream.Stream;

/** How long a response is fresh, and how old it is (RFC 9111 §4.2). */
final class FreshnessConversations {

  private static final String TEN_MINUTES = "Cache-Control: max-age=600";

  private FreshnessConversations() {}

  static Stream<Conversation> all() {
    return Stream.of(directives(), seconds(), expires(), dates(), ages(), targeted())
        .flatMap(conversations -> conversations);
  }

  private static Conversation fresh(String what, long ttl, String... fields) {
    return conversation(
        what + ": fresh for " + ttl + " s",
        get().origin(ok(fields)).stored(),
        get().hit(1).ttl(ttl));
  }

  private static Conversation aged(String what, long age, String... fields) {
    return conversation(
        what + ": " + age + " s old", get().origin(ok(fields)).stored(), get().hit(1).age(age));
  }

  private static Conversation stale(String what, String... fields) {
    return notStored(what, "stale", ok(fields));
  }

  /** §4.2.1. */
  private static Stream<Conversation> directives() {
    return Stream.of(
        fresh("max-age", 600, TEN_MINUTES),
        fresh("s-maxage before max-age", 600, "Cache-Control: max-age=0, s-maxage=600"),
        fresh("s-maxage behind max-age", 600, "Cache-Control: s-maxage=600, max-age=0"),
        fresh("s-maxage and Expires", 600, "Cache-Control: s-maxage=600", "Expires: {now-9}"),
        fresh("max-age and Expires", 600, TEN_MINUTES, "Expires: {now-9}"),
        fresh("names in capitals", 600, "CACHE-CONTROL: MAX-AGE=600"),
        fresh("among others", 600, "Cache-Control: ,x,, max-age=600 ,y=z"),
        fresh("in two lines", 600, "Cache-Control: x", "Cache-Control: max-age=600"),
        fresh("another's argument", 600, "Cache-Control: x=\"max-age=0\", max-age=600"),
        fresh("the first of two", 600, "Cache-Control: max-age=600, max-age=0"),
        fresh("the first of two lines", 600, TEN_MINUTES, "Cache-Control: max-age=0"),
        stale("the first of two", "Cache-Control: max-age=0, max-age=600"),
        stale("s-maxage=0", "Cache-Control: max-age=600, s-maxage=0"),
        stale("max-age=0 and Expires", "Cache-Control: max-age=0", "Expires: {now+600}"));
  }

  /** §1.2.2, and arguments against the grammar (§4.2.1). */
  private static Stream<Conversation> seconds() {
    return Stream.of(
        fresh("the greatest", 2_147_483_648L, "Cache-Control: max-age=2147483648"),
        fresh("more than the greatest", 2_147_483_648L, "Cache-Control: max-age=9999999999"),
        fresh("of any length", 2_147_483_648L, "Cache-Control: max-age=" + "9".repeat(99)),
        fresh("with zeros before it", 600, "Cache-Control: max-age=000600"),
        fresh("in quotes", 600, "Cache-Control: max-age=\"600\""),
        stale("no argument", "Cache-Control: max-age"),
        stale("an empty argument", "Cache-Control: max-age="),
        stale("no number", "Cache-Control: max-age=x"),
        stale("a number and more", "Cache-Control: max-age=600x"),
        stale("a negative number", "Cache-Control: max-age=-600"),
        stale("a fraction", "Cache-Control: max-age=600.5"),
        stale("no number in s-maxage", "Cache-Control: s-maxage=x, max-age=600"));
  }

  /** §5.3. */
  private static Stream<Conversation> expires() {
    return Stream.of(
        fresh("Expires", 600, "Expires: {now+600}"),
        fresh("Expires less Date", 500, "Date: {now-100}", "Expires: {now+500}"),
        fresh("Expires, invalid Date", 600, "Date: x", "Expires: {now+600}"),
        fresh("Expires of a date to come", 600, "Date: {now+1000}", "Expires: {now+1600}"),
        stale("Expires that is past", "Expires: {now-600}"),
        stale("Expires at Date", "Date: {now+600}", "Expires: {now+600}"),
        stale("Expires before Date", "Date: {now+600}", "Expires: {now+500}"),
        stale("Expires: 0", "Expires: 0"),
        stale("Expires: -1", "Expires: -1"),
        stale("no date in Expires", "Expires: in ten minutes"),
        stale("two Expires", "Expires: {now+600}", "Expires: {now+600}"));
  }

  /** RFC 9110 §5.6.7. */
  private static Stream<Conversation> dates() {
    return Stream.of(
        fresh("rfc850-date", 600, "Expires: {rfc850 now+600}"),
        fresh("asctime-date", 600, "Expires: {asctime now+600}"),
        fresh("dates of two forms", 500, "Date: {asctime now-100}", "Expires: {rfc850 now+500}"),
        stale("UTC in place of GMT", "Expires: {utc now+600}"),
        stale("a numeric zone", "Expires: {offset now+600}"),
        stale("no zone", "Expires: {local now+600}"),
        stale("a day that there is not", "Expires: Sun, 31 Feb 2100 00:00:00 GMT"),
        stale("an hour that there is not", "Expires: Fri, 01 Jan 2100 25:00:00 GMT"));
  }

  /** §4.2.3, §5.1. */
  private static Stream<Conversation> ages() {
    return Stream.of(
        aged("neither Age nor Date", 0, TEN_MINUTES),
        aged("Age", 100, TEN_MINUTES, "Age: 100"),
        aged("Date", 100, TEN_MINUTES, "Date: {now-100}"),
        aged("Age greater than Date says", 200, TEN_MINUTES, "Age: 200", "Date: {now-100}"),
        aged("Age less than Date says", 200, TEN_MINUTES, "Age: 100", "Date: {now-200}"),
        aged("a Date to come", 0, TEN_MINUTES, "Date: {now+1000}"),
        aged("no date in Date", 0, TEN_MINUTES, "Date: yesterday"),
        aged("the first of two Ages", 100, TEN_MINUTES, "Age: 100", "Age: 0"),
        aged("the first of a list of Ages", 100, TEN_MINUTES, "Age: 100, 0"),
        aged("no number in Age", 0, TEN_MINUTES, "Age: x"),
        aged("a negative Age", 0, TEN_MINUTES, "Age: -100"),
        aged("a fraction of an Age", 0, TEN_MINUTES, "Age: 100.5"),
        fresh("Age takes from the lifetime", 500, TEN_MINUTES, "Age: 100"),
        fresh("Date takes from the lifetime", 500, TEN_MINUTES, "Date: {now-100}"),
        stale("Age as long as the lifetime", TEN_MINUTES, "Age: 600"),
        stale("Age beyond the lifetime", TEN_MINUTES, "Age: 99999999999"),
        stale("Date beyond the lifetime", TEN_MINUTES, "Date: {now-700}"));
  }

  /** RFC 9213. */
  private static Stream<Conversation> targeted() {
    var ours = "Holdfast-Cache-Control: max-age=600";
    var cdn = "CDN-Cache-Control: max-age=600";
    var no = "Cache-Control: no-store";
    var hour = "Cache-Control: max-age=3600";
    return Stream.of(
        fresh("CDN-Cache-Control and Cache-Control", 600, no, cdn),
        fresh("Holdfast-Cache-Control and CDN-", 600, "CDN-Cache-Control: no-store", ours),
        fresh("CDN-Cache-Control and Expires", 600, cdn, "Expires: {now-9}"),
        fresh("an empty targeted field", 3600, "CDN-Cache-Control:", hour),
        fresh("no structured field", 3600, "CDN-Cache-Control: max-age=600, =", hour),
        fresh("of another", 3600, "Other-Cache-Control: no-store", hour),
        stale("CDN-Cache-Control: max-age=0", "CDN-Cache-Control: max-age=0", hour),
        notStored("CDN-Cache-Control", "no-store", ok("CDN-Cache-Control: no-store", hour)),
        notStored("CDN- private", "private", ok("CDN-Cache-Control: private", hour)),
        notStored(
            "CDN- that says nothing of time",
            "no-freshness",
            ok("CDN-Cache-Control: x", "Expires: {now+600}")));
  }
}
