package dev.holdfast.scenario;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** Lines and heads of HTTP/1.1, byte for byte. */
final class Wire {

  private Wire() {}

  /** One line without its CRLF; {@link EOFException} when the stream ends before it is whole. */
  static String readLine(InputStream in) throws IOException {
    var line = new ByteArrayOutputStream();
    for (var b = in.read(); b != '\n'; b = in.read()) {
      if (b < 0) {
        throw new EOFException("ended within a line: " + line.toString(ISO_8859_1));
      }
      line.write(b);
    }
    var text = line.toString(ISO_8859_1);
    if (!text.endsWith("\r")) {
      throw new MalformedException("line without CR: " + text);
    }
    return text.substring(0, text.length() - 1);
  }

  static void write(OutputStream out, String raw) throws IOException {
    out.write(raw.getBytes(ISO_8859_1));
  }

  /** A head with its empty line: first line, then fields such as {@code "Age: 1"}. */
  static String head(String firstLine, String... headers) {
    var head = new StringBuilder(firstLine).append("\r\n");
    for (var header : headers) {
      head.append(header).append("\r\n");
    }
    return head.append("\r\n").toString();
  }
}
