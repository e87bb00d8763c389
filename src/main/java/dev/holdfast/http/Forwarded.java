package dev.holdfast.http;

import java.util.Locale;

/** Why a request went to the origin: the {@code fwd} parameter (RFC 9211 §2.2). */
public enum Forwarded {
  BYPASS,
  METHOD,
  URI_MISS,
  VARY_MISS,
  STALE,
  /** A part is stored, and not what is asked for. */
  PARTIAL,
  REQUEST;

  private final String token = name().toLowerCase(Locale.ROOT).replace('_', '-');

  /** The token as {@code Cache-Status} has it: {@code uri-miss}. */
  public String token() {
    return token;
  }
}
