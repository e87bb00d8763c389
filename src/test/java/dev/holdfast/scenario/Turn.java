package dev.holdfast.scenario;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One request of a conversation: what the caller sends, what the origin is asked and answers, what
 * the caller sees. Without an answer the origin must not be asked.
 */
final class Turn {

  /** What the origin must be asked, and its answer. */
  record Fetch(String method, List<String> fields, Answer answer) {}

  final String method;
  final List<String> fields;
  final List<Fetch> fetches = new ArrayList<>();
  final Seen seen = new Seen();
  String at = "";
  @Nullable String content;
  boolean behind;
  boolean eventually;
  private List<String> asked = List.of();

  private Turn(String method, String... fields) {
    this.method = method;
    this.fields = List.of(fields);
  }

  static Turn get(String... fields) {
    return new Turn("GET", fields);
  }

  static Turn head(String... fields) {
    return new Turn("HEAD", fields);
  }

  static Turn request(String method, String... fields) {
    return new Turn(method, fields);
  }

  /** On another target, behind the conversation's own: {@code /item}, {@code ?x=1}. */
  Turn at(String suffix) {
    at = suffix;
    return this;
  }

  /** With content. */
  Turn with(String text) {
    content = text;
    return this;
  }

  /**
   * What the origin sees of its next request, but for the caller's own fields, which it sees
   * anyway; conditions only where they are said.
   */
  Turn asked(String... lines) {
    asked = List.of(lines);
    return this;
  }

  /** The origin is asked, with the caller's method, and answers that; may be said several times. */
  Turn origin(Answer answer) {
    return origin(method, answer);
  }

  /** The origin is asked with another method than the caller's. */
  Turn origin(String otherMethod, Answer answer) {
    fetches.add(new Fetch(otherMethod, asked, answer));
    asked = List.of();
    return this;
  }

  /** The origin is asked behind the answer: the turn is over when it has answered. */
  Turn behind() {
    behind = true;
    return this;
  }

  /** What the caller sees shows after a while: the request is repeated until it does. */
  Turn eventually() {
    eventually = true;
    return this;
  }

  /** The caller sees what the origin answers. */
  Turn forwarded(String... cacheStatus) {
    seen.source = Seen.THIS_TURN;
    return seeing("fwd").seeing(cacheStatus);
  }

  /** The caller sees what the origin answers, which is stored. */
  Turn stored(String... cacheStatus) {
    return forwarded("stored").seeing(cacheStatus);
  }

  /** The caller sees what the origin answers, which is not stored, for that reason. */
  Turn notStored(String detail) {
    return forwarded("!stored", "detail=" + detail);
  }

  /** The caller sees what the origin answered in that turn, from the cache. */
  Turn hit(int turn, String... cacheStatus) {
    seen.source = turn;
    return seeing("hit").seeing(cacheStatus).sees("Age").butFor("age");
  }

  /** What the caller sees lacks these fields of that answer, or has others in their place. */
  Turn butFor(String... lowerCaseNames) {
    seen.changed.addAll(List.of(lowerCaseNames));
    return this;
  }

  /** The caller sees what the origin answered in that turn, which it has just confirmed. */
  Turn confirmed(int turn, String... cacheStatus) {
    seen.source = turn;
    return seeing("!hit", "fwd-status=304").seeing(cacheStatus).butFor("age");
  }

  /** The caller sees what the origin answered in that turn, since it has failed now. */
  Turn inPlaceOfAnError(int turn, String detail) {
    seen.source = turn;
    return seeing("!hit", "!stored", "detail=" + detail).sees("Age").butFor("age");
  }

  /** The caller is told that what it has is that turn's answer still. */
  Turn unchanged(int turn, String... cacheStatus) {
    seen.source = turn;
    seen.status = 304;
    return seeing(cacheStatus);
  }

  /** The caller sees that content of that turn's answer, with such a status. */
  Turn part(int turn, int status, String content, String... lines) {
    seen.source = turn;
    seen.status = status;
    seen.content = content;
    return butFor("content-range", "age").sees(lines);
  }

  /** The caller sees an error of the cache's own. */
  Turn refused(int status, String detail) {
    seen.status = status;
    return seeing("detail=" + detail)
        .sees("Content-Type: application/problem+json", "Cache-Control: no-store");
  }

  /** The caller sees these fields; see {@link ExpectedFields}. */
  Turn sees(String... lines) {
    seen.fields.addAll(List.of(lines));
    return this;
  }

  /** The caller sees an {@code Age} of that many seconds, or a few more. */
  Turn age(long seconds) {
    seen.age = seconds;
    return this;
  }

  /** The caller sees that it stays fresh for that many seconds, or a few less. */
  Turn ttl(long seconds) {
    seen.ttl = seconds;
    return this;
  }

  /** Parameters of {@code Cache-Status}: {@code hit}, {@code fwd=stale}; {@code !stored}: none. */
  Turn seeing(String... parameters) {
    seen.cacheStatus.addAll(List.of(parameters));
    return this;
  }
}
