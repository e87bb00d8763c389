package dev.holdfast.scenario;

import static dev.holdfast.scenario.Turn.get;

import java.util.List;

/**
 * A caller's requests on a target, one after the other, with what the origin is asked and answers
 * and what the caller sees.
 *
 * <p>In its texts are {@link Placeholders}, such as {@code {target}} and {@code {now-100}}.
 */
record Conversation(String name, List<Turn> turns) {

  static Conversation conversation(String name, Turn... turns) {
    return new Conversation(name, List.of(turns));
  }

  /** One in which the second request is answered from the cache. */
  static Conversation stored(String what, Answer answer, String... request) {
    return conversation(
        what + ": stored", get(request).origin(answer).stored(), get(request).hit(1));
  }

  /** One in which the second request goes to the origin as the first did. */
  static Conversation notStored(String what, String why, Answer answer, String... request) {
    return conversation(
        what + ": not stored",
        get(request).origin(answer).notStored(why),
        get(request).origin(answer).notStored(why).seeing("fwd=uri-miss"));
  }

  @Override
  public String toString() {
    return name;
  }
}
