package dev.holdfast.config;

/** Whose the responses to requests with {@code Authorization} are. */
public enum Authorization {
  /** Everybody's where they say so themselves, and not stored where they do not (RFC 9111 §3.5). */
  SHARED,
  /** Its own for each credential, of which a keyed hash is part of the key. */
  PER_CREDENTIAL
}
