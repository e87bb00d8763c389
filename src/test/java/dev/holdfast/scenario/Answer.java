package dev.holdfast.scenario;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the origin answers in a conversation.
 *
 * @param content {@code null}: one that no other turn has
 */
record Answer(String status, List<String> fields, @Nullable String content, End end) {

  private enum End {
    LENGTH,
    LAST_CHUNK,
    CLOSE,
    /** The connection closes before the promised length. */
    TOO_EARLY,
    /** The connection closes within the head. */
    WITHIN_THE_HEAD
  }

  static Answer ok(String... fields) {
    return answer("200 OK", fields);
  }

  /** One that is fresh for a minute, with these fields. */
  static Answer fresh(String... fields) {
    return ok(fields).and("Cache-Control: max-age=60");
  }

  /** One that is 100 seconds old, and stale for 40 of them. */
  static Answer stale(String... fields) {
    return fresh(fields).and("Age: 100");
  }

  static Answer notModified(String... fields) {
    return answer("304 Not Modified", fields);
  }

  static Answer answer(String status, String... fields) {
    return new Answer(status, List.of(fields), null, End.LENGTH);
  }

  /** One that breaks off within its head; no request is sent again for that. */
  static Answer none() {
    return new Answer("200 OK", List.of(), null, End.WITHIN_THE_HEAD);
  }

  /** The same with one more field. */
  Answer and(String field) {
    var all = new ArrayList<>(fields);
    all.add(field);
    return new Answer(status, all, content, end);
  }

  Answer status(String other) {
    return new Answer(other, fields, content, end);
  }

  Answer content(String text) {
    return new Answer(status, fields, text, end);
  }

  Answer chunked() {
    return new Answer(status, fields, content, End.LAST_CHUNK);
  }

  Answer untilClose() {
    return new Answer(status, fields, content, End.CLOSE);
  }

  Answer cutShort() {
    return new Answer(status, fields, content, End.TOO_EARLY);
  }

  boolean isWhole() {
    return end != End.TOO_EARLY;
  }

  int code() {
    return Integer.parseInt(status.substring(0, 3));
  }

  /** The same as it is in one play. */
  Answer in(Placeholders play, int turn) {
    return new Answer(status, play.in(fields), content == null ? "turn " + turn : content, end);
  }

  void send(Exchange exchange) {
    var lines = fields.toArray(String[]::new);
    if (end == End.WITHIN_THE_HEAD) {
      exchange.send("HTTP/1.1 2");
      exchange.closeOrderly();
    } else if (code() == 204 || code() == 304) {
      exchange.send(Wire.head("HTTP/1.1 " + status, lines));
    } else if (end == End.LENGTH) {
      exchange.answer(status, "" + content, lines);
    } else {
      exchange.head(status, framed(lines));
      send(exchange, "" + content);
    }
  }

  private String[] framed(String[] lines) {
    var all = new ArrayList<>(List.of(lines));
    if (end == End.LAST_CHUNK) {
      all.add("Transfer-Encoding: chunked");
    } else if (end == End.TOO_EARLY) {
      all.add("Content-Length: 1000");
    }
    return all.toArray(String[]::new);
  }

  private void send(Exchange exchange, String text) {
    if (end == End.LAST_CHUNK) {
      exchange.chunk(text);
      exchange.lastChunk();
    } else {
      exchange.send(text);
      exchange.closeOrderly();
    }
  }
}
