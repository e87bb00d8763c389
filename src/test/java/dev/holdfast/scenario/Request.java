package dev.holdfast.scenario;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A request as the origin received it.
 *
 * @param connectionId counts connections from 1
 * @param indexOnConnection counts the requests of its connection from 1
 * @param nth counts the requests of its target from 1
 */
record Request(
    String method,
    String target,
    Headers headers,
    Body body,
    int connectionId,
    int indexOnConnection,
    int nth) {

  /** Reads a whole request; its {@code nth} is not known yet. */
  static Request read(InputStream in, int connectionId, int index, IntConsumer bodyBytes)
      throws IOException {
    var line = Wire.readLine(in).split(" ", -1);
    if (line.length != 3 || !line[2].equals("HTTP/1.1")) {
      throw new MalformedException("no request line: " + String.join(" ", line));
    }
    var headers = Headers.read(in);
    var body = readBody(BodyStream.ofRequest(in, headers), bodyBytes);
    return new Request(line[0], line[1], headers, body, connectionId, index, 0);
  }

  private static Body readBody(BodyStream stream, IntConsumer bodyBytes) throws IOException {
    var bytes = new ByteArrayOutputStream();
    var piece = new byte[8192];
    for (var n = stream.read(piece); n >= 0; n = stream.read(piece)) {
      bytes.write(piece, 0, n);
      bodyBytes.accept(n);
    }
    return new Body(bytes.toByteArray(), true, stream.trailers());
  }

  Request withNth(int number) {
    return new Request(method, target, headers, body, connectionId, indexOnConnection, number);
  }

  @Nullable String header(String name) {
    return headers.first(name);
  }

  List<String> headers(String name) {
    return headers.values(name);
  }

  /** The target up to its query. */
  String path() {
    return target.split("\\?", 2)[0];
  }
}
