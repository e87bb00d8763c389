package dev.holdfast.scenario;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * One connection of a caller, HTTP/1.1 over a plain socket.
 *
 * <p>Reads that last longer than {@link Limit#SAFETY} and bytes that are not HTTP are {@link
 * AssertionError}s; a connection that ends where a head is due is an {@link UncheckedIOException}.
 */
final class RawCaller implements AutoCloseable {

  private final Socket socket;
  private final InputStream in;
  private String method = "GET";
  private @Nullable BodyStream body;

  private RawCaller(Socket socket) throws IOException {
    this.socket = socket;
    this.in = new BufferedInputStream(socket.getInputStream());
  }

  static RawCaller connect(int port) {
    return connect(port, 0);
  }

  /** As {@link #connect(int)}, with so many bytes of room for what is not read yet; 0: as usual. */
  static RawCaller connect(int port, int receiveBufferBytes) {
    return io(
        () -> {
          var socket = new Socket();
          if (receiveBufferBytes > 0) {
            socket.setReceiveBufferSize(receiveBufferBytes);
          }
          socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
          socket.setTcpNoDelay(true);
          socket.setSoTimeout((int) Limit.SAFETY.toMillis());
          return new RawCaller(socket);
        });
  }

  /** One over TLS, who trusts and shows what the context says. */
  static RawCaller connect(int port, SSLContext tls) {
    return io(
        () -> {
          var socket = tls.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port);
          socket.setTcpNoDelay(true);
          socket.setSoTimeout((int) Limit.SAFETY.toMillis());
          return new RawCaller(socket);
        });
  }

  /** One request on a connection of its own. */
  static Response once(int port, String method, String target, String... headers) {
    try (var caller = connect(port)) {
      return caller.exchange(method, target, headers);
    }
  }

  /** Sends these very bytes (ISO-8859-1). */
  RawCaller send(String raw) {
    return io(
        () -> {
          Wire.write(socket.getOutputStream(), raw);
          return this;
        });
  }

  /** Sends a request's head, with {@code Host} unless given. */
  RawCaller request(String method, String target, String... headers) {
    this.method = method;
    var fields = new ArrayList<String>();
    fields.add("Host: localhost:" + socket.getPort());
    for (var header : headers) {
      if (header.regionMatches(true, 0, "Host:", 0, 5)) {
        fields.remove(0);
      }
      fields.add(header);
    }
    return send(Wire.head(method + " " + target + " HTTP/1.1", fields.toArray(String[]::new)));
  }

  RawCaller get(String target, String... headers) {
    return request("GET", target, headers);
  }

  /** Sends a request and reads its whole answer. */
  Response exchange(String method, String target, String... headers) {
    return request(method, target, headers).readResponse();
  }

  Response readResponse() {
    var interim = new ArrayList<Head>();
    var head = readHead();
    while (head.isInterim()) {
      interim.add(head);
      head = readHead();
    }
    return new Response(interim, head, readBody());
  }

  /** The next head, interim ones too. */
  Head readHead() {
    return io(
        () -> {
          var head = Head.read(in);
          body = BodyStream.ofResponse(in, method, head);
          return head;
        });
  }

  /**
   * The next n bytes of content, however they are framed; the rest is left to {@link #readBody}.
   */
  String readPart(int n) {
    return new String(readPartBytes(n), UTF_8);
  }

  byte[] readPartBytes(int n) {
    var bytes = io(() -> body().readNBytes(n));
    if (bytes.length < n) {
      throw new AssertionError("body ended after " + new String(bytes, UTF_8));
    }
    return bytes;
  }

  /** The content, or what is left of it, up to its end or the connection's. */
  Body readBody() {
    var stream = body();
    return drain(stream, stream);
  }

  /** The next bytes of content, at least one; -1 at its end, an exception if it is cut short. */
  int readSome(byte[] into) {
    return io(() -> body().read(into, 0, into.length));
  }

  /** The next n raw bytes, framing included. */
  byte[] readExactly(int n) {
    var bytes = io(() -> in.readNBytes(n));
    if (bytes.length < n) {
      throw new AssertionError("connection ended after " + new String(bytes, UTF_8));
    }
    return bytes;
  }

  /** Raw bytes until the peer closes; whole if it closed orderly, not if it reset. */
  Body readToClose() {
    return drain(in, null);
  }

  /** Closes orderly, unless bytes that have come are unread: then the system resets. */
  @Override
  public void close() {
    Sockets.close(socket);
  }

  /** Closes with a reset. */
  void reset() {
    Sockets.reset(socket);
  }

  private BodyStream body() {
    if (body == null) {
      throw new IllegalStateException("read the head first");
    }
    return body;
  }

  private static Body drain(InputStream stream, @Nullable BodyStream framed) {
    var bytes = new ByteArrayOutputStream();
    var whole =
        io(
            () -> {
              try {
                stream.transferTo(bytes);
                return true;
              } catch (EOFException | SocketException | SSLException e) {
                return false;
              }
            });
    var trailers = framed == null ? Headers.NONE : framed.trailers();
    return new Body(bytes.toByteArray(), whole, trailers);
  }

  private interface Io<T> {
    T run() throws IOException;
  }

  private static <T> T io(Io<T> work) {
    try {
      return work.run();
    } catch (SocketTimeoutException e) {
      throw new AssertionError("nothing to read for " + Limit.SAFETY, e);
    } catch (MalformedException e) {
      throw new AssertionError("not HTTP: " + e.getMessage(), e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
