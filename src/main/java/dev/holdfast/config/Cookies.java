package dev.holdfast.config;

/** What {@code Cookie} in a request and {@code Set-Cookie} in a response mean to the cache. */
public enum Cookies {
  /** They are treated like credentials: the response belongs to one caller. */
  PRIVATE,
  /** They say nothing about sharing, which is the letter of RFC 9111. */
  IGNORE
}
