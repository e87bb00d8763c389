package dev.holdfast.http;

import java.util.List;

/** The {@code Transfer-Encoding} field (RFC 9112 §6.1). */
public final class TransferEncoding {

  private TransferEncoding() {}

  /**
   * Whether the content comes as it is, or in no other coding than chunked: any other would be
   * passed on without the word that says so.
   *
   * @param lines the values of the message's field lines
   */
  public static boolean isNoneButChunked(List<String> lines) {
    return lines.isEmpty()
        || (lines.size() == 1 && lines.get(0).strip().equalsIgnoreCase("chunked"));
  }
}
