package dev.holdfast.scenario;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A response's status line and header fields. */
record Head(String statusLine, int status, Headers headers) {

  static Head read(InputStream in) throws IOException {
    var line = Wire.readLine(in);
    if (!line.matches("HTTP/1\\.[01] [1-9]\\d\\d( .*)?")) {
      throw new MalformedException("no status line: " + line);
    }
    return new Head(line, Integer.parseInt(line.substring(9, 12)), Headers.read(in));
  }

  @Nullable String header(String name) {
    return headers.first(name);
  }

  List<String> headers(String name) {
    return headers.values(name);
  }

  /** Whether another head follows for the same request. */
  boolean isInterim() {
    return status < 200 && status != 101;
  }
}
