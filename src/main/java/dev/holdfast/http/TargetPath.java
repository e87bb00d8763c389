package dev.holdfast.http;

/** The path of a request target in origin form (RFC 9112 §3.2.1): what is before the query. */
public final class TargetPath {

  private TargetPath() {}

  /** The path, byte for byte; never with the query's question mark. */
  public static String of(String target) {
    int query = target.indexOf('?');
    return query < 0 ? target : target.substring(0, query);
  }
}
