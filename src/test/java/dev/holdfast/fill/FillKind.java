package dev.holdfast.fill;

import static dev.holdfast.fill.FillMoment.AFTER;
import static dev.holdfast.fill.FillMoment.ARRIVED;
import static dev.holdfast.fill.FillMoment.CONNECTING;
import static dev.holdfast.fill.FillMoment.COUNTED;
import static dev.holdfast.fill.FillMoment.END_HEARD;
import static dev.holdfast.fill.FillMoment.FIRST;
import static dev.holdfast.fill.FillMoment.FIRST_READ;
import static dev.holdfast.fill.FillMoment.HEAD;
import static dev.holdfast.fill.FillMoment.HEAD_HEARD;
import static dev.holdfast.fill.FillMoment.LAST;
import static dev.holdfast.fill.FillMoment.LAST_READ;
import static dev.holdfast.fill.FillMoment.LET_IN;
import static dev.holdfast.fill.FillMoment.QUEUED;
import static dev.holdfast.fill.FillMoment.SECOND;
import static dev.holdfast.fill.FillMoment.SECOND_READ;
import static dev.holdfast.fill.FillMoment.WRITING;

import java.util.ArrayList;
import java.util.List;

/** The kinds of response, by what becomes of them. */
public enum FillKind {
  STORABLE_OF_KNOWN_LENGTH(End.WHOLE, List.of("abc", "def", "ghi"), "Content-Length", "9"),
  STORABLE_OF_UNKNOWN_LENGTH(End.WHOLE, List.of("abc", "def", "ghi")),
  STORABLE_AND_EMPTY(End.WHOLE, List.of(), "Content-Length", "0"),
  TOO_LONG_AND_KNOWN_TO_BE(
      End.WHOLE, List.of("a".repeat(400), "b".repeat(400), "c"), "Content-Length", "801"),
  TOO_LONG_IN_THE_END(End.WHOLE, List.of("a".repeat(400), "b".repeat(350), "c".repeat(400))),
  PRIVATE(End.WHOLE, List.of("abc", "def", "ghi"), "Cache-Control", "private"),
  INVALIDATED_IN_BETWEEN(End.WHOLE, List.of("abc", "def", "ghi")),
  BREAKS_BEFORE_THE_HEAD(End.BROKEN_BEFORE_THE_HEAD, List.of()),
  BREAKS_IN_THE_BODY(End.BROKEN, List.of("abc", "def"), "Content-Length", "9"),
  TIMES_OUT_BEFORE_THE_HEAD(End.LATE_BEFORE_THE_HEAD, List.of()),
  TIMES_OUT_IN_THE_BODY(End.LATE, List.of("abc", "def"));

  /** How a response ends. */
  public enum End {
    WHOLE,
    BROKEN_BEFORE_THE_HEAD,
    BROKEN,
    LATE_BEFORE_THE_HEAD,
    LATE
  }

  /** A longer body is not stored: each but the too long is shorter. */
  public static final int MAX_STORED_BYTES = 800;

  private final End end;

  @SuppressWarnings("ImmutableEnumChecker") // a copy, which cannot be changed
  private final List<String> pieces;

  @SuppressWarnings("ImmutableEnumChecker")
  private final List<String> fields;

  FillKind(End end, List<String> pieces, String... fields) {
    this.end = end;
    this.pieces = List.copyOf(pieces);
    List<String> all = new ArrayList<>(List.of("Cache-Control", "max-age=60"));
    all.addAll(List.of("Surrogate-Key", "red green"));
    all.addAll(List.of(fields));
    this.fields = List.copyOf(all);
  }

  public End end() {
    return end;
  }

  public List<String> pieces() {
    return pieces;
  }

  String[] fields() {
    return fields.toArray(String[]::new);
  }

  /** All of the body that comes. */
  public String body() {
    return String.join("", pieces);
  }

  public boolean hasHead() {
    return end != End.BROKEN_BEFORE_THE_HEAD && end != End.LATE_BEFORE_THE_HEAD;
  }

  /** Whether its head says that it will not be stored, so that it is its starter's alone. */
  public boolean isRefusedByItsHead() {
    return this == TOO_LONG_AND_KNOWN_TO_BE || this == PRIVATE;
  }

  public boolean isStored() {
    return this == STORABLE_OF_KNOWN_LENGTH
        || this == STORABLE_OF_UNKNOWN_LENGTH
        || this == STORABLE_AND_EMPTY;
  }

  /** The last piece of a known length is handed over after the end is verified, and stored. */
  private boolean isHeldBack() {
    return this == STORABLE_OF_KNOWN_LENGTH || this == TOO_LONG_AND_KNOWN_TO_BE;
  }

  /** The moments of its life, in their order. */
  public List<FillMoment> moments() {
    List<FillMoment> moments = new ArrayList<>(List.of(QUEUED, LET_IN, CONNECTING));
    if (this == STORABLE_AND_EMPTY) {
      moments.addAll(List.of(HEAD, ARRIVED, WRITING, HEAD_HEARD, END_HEARD));
    } else if (!hasHead()) {
      moments.add(HEAD_HEARD);
    } else {
      moments.addAll(List.of(HEAD_HEARD, HEAD, FIRST_READ, FIRST, SECOND_READ, SECOND));
      addEnd(moments);
    }
    moments.addAll(List.of(COUNTED, AFTER));
    return moments;
  }

  private void addEnd(List<FillMoment> moments) {
    if (end == End.WHOLE) {
      moments.addAll(isHeldBack() ? List.of(LAST, ARRIVED) : List.of(LAST_READ, LAST, ARRIVED));
      if (isStored()) {
        moments.add(WRITING);
      }
      if (isHeldBack()) {
        moments.add(LAST_READ);
      }
    }
    moments.add(END_HEARD);
  }
}
