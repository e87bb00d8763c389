package dev.holdfast.simulation;

import dev.holdfast.http.Fields;
import dev.holdfast.http.RequestHead;

/** The kinds of request. */
enum Asking {
  ENGLISH("GET", "Accept-Language", "en"),
  GERMAN("GET", "Accept-Language", "de"),
  AUTHORIZED("GET", "Accept-Language", "en", "Authorization", "Basic abc"),
  FOR_THE_ORIGINS("GET", "Accept-Language", "en", "Cache-Control", "no-cache"),
  NOT_TO_BE_STORED("GET", "Accept-Language", "en", "Cache-Control", "no-store"),
  FOR_A_PART("GET", "Accept-Language", "en", "Range", "bytes=0-1"),
  FOR_THE_HEAD("HEAD", "Accept-Language", "en"),
  UNSAFE("POST", "Accept-Language", "en");

  private final String method;

  @SuppressWarnings("ImmutableEnumChecker") // immutable, and says so
  private final Fields fields;

  Asking(String method, String... fields) {
    this.method = method;
    this.fields = Fields.of(fields);
  }

  RequestHead head(String target) {
    return new RequestHead(method, target, fields, "1.1");
  }

  Fields fields() {
    return fields;
  }

  /** Whether it is collapsed with others like it. */
  boolean isPlain() {
    return this == ENGLISH || this == GERMAN;
  }

  /** Whether any response to it could be stored. */
  boolean couldStore() {
    return isPlain() || this == AUTHORIZED || this == FOR_THE_ORIGINS;
  }

  /** Whether it is given up when nobody waits any more for what could not be stored. */
  boolean isSafe() {
    return this != UNSAFE;
  }

  /** Whether its caller's patience has an end. */
  boolean isImpatient() {
    return this != UNSAFE;
  }

  String language() {
    return this == GERMAN ? "de" : "en";
  }
}
