package dev.holdfast.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** No connection to the origin comes about: stale where that is allowed, else 502. */
class UnreachableOriginTest {

  private static final String[] PATIENT = {"caller-timeout=25s", "connect-timeout=500ms"};

  private static final String OLD =
      Wire.head(
          "HTTP/1.1 200 OK",
          "Cache-Control: max-age=60, stale-if-error=600",
          "Age: 100",
          "Content-Length: 3",
          "Connection: close");

  @Test
  void connectionIsRefused_staleElse502() throws IOException {
    var once = server();
    try (var holdfast = Holdfast.inFrontOf(baseUrl(once), PATIENT)) {
      try (once) {
        storeOld(holdfast, once);
      }
      assertStaleElse502(holdfast);
    }
  }

  @Test
  void connectionTakesTooLong_staleElse502() throws IOException {
    List<Socket> inTheBacklog = new ArrayList<>();
    try (var once = server();
        var holdfast = Holdfast.inFrontOf(baseUrl(once), PATIENT)) {
      storeOld(holdfast, once);
      fillBacklog(once, inTheBacklog);

      assertStaleElse502(holdfast);
    } finally {
      inTheBacklog.forEach(Sockets::close);
    }
  }

  @Test
  void nameIsNotFound_502() {
    try (var holdfast = Holdfast.inFrontOf("http://no-such-origin.invalid", PATIENT)) {
      assertUnreachable(holdfast);
    }
  }

  private static void assertStaleElse502(Holdfast holdfast) {
    for (int i = 0; i < 2; i++) {
      var stale = holdfast.get("/old");
      assertThat(stale.text()).isEqualTo("old");
      assertThat(stale.header("Cache-Status")).endsWith(";detail=stale-if-error");
    }
    assertUnreachable(holdfast);
    holdfast.awaitNothingLeft();
    assertThat(holdfast.fills("failed")).isEqualTo(3);
  }

  private static void assertUnreachable(Holdfast holdfast) {
    var answer = holdfast.get("/none");
    assertThat(answer.status()).isEqualTo(502);
    assertThat(answer.text()).contains("urn:holdfast:problem:origin-failed");
  }

  /** One that takes what it accepts, and has room for one more. */
  private static ServerSocket server() throws IOException {
    return new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
  }

  private static String baseUrl(ServerSocket server) {
    return "http://127.0.0.1:" + server.getLocalPort();
  }

  private static void storeOld(Holdfast holdfast, ServerSocket server) throws IOException {
    try (var caller = holdfast.caller().get("/catalog/old");
        var connection = server.accept()) {
      Request.read(connection.getInputStream(), 1, 1, bytes -> {});
      Wire.write(connection.getOutputStream(), OLD + "old");
      assertThat(caller.readResponse().text()).isEqualTo("old");
    }
  }

  private static void fillBacklog(ServerSocket server, List<Socket> sockets) throws IOException {
    while (true) {
      var socket = new Socket();
      sockets.add(socket);
      try {
        socket.connect(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), server.getLocalPort()), 300);
      } catch (SocketTimeoutException full) {
        return;
      }
    }
  }
}
