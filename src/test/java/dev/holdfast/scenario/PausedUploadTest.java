package dev.holdfast.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** An origin that takes its time with a request's body; its caller is not to blame. */
class PausedUploadTest {

  private static final int PIECES = 300;
  private static final String PIECE = "x".repeat(100_000);

  @Test
  void originReadsNothingForLonger_theUploadGoesOnWhenItDoes() throws Exception {
    try (var origin = new ServerSocket(0, 8, InetAddress.getLoopbackAddress());
        var holdfast =
            Holdfast.inFrontOf(
                "http://127.0.0.1:" + origin.getLocalPort(),
                "holdfast.callers.head-timeout=1s",
                "holdfast.callers.idle-timeout=1s",
                "holdfast.callers.write-timeout=1s");
        var caller = holdfast.caller()) {
      var length = PIECES * PIECE.length();
      caller.request("PUT", "/catalog/a", "Content-Length: " + length);
      var sent = new AtomicInteger();
      var sending =
          CompletableFuture.runAsync(
              () -> {
                while (sent.get() < PIECES) {
                  caller.send(PIECE);
                  sent.incrementAndGet();
                }
              },
              PausedUploadTest::onAThreadOfItsOwn);
      Await.untilSteady(sent::get);
      assertThat(sent.get()).isLessThan(PIECES);
      try (var silent = holdfast.caller()) {
        silent.readToClose(); // so the time has passed
      }
      var answering =
          CompletableFuture.runAsync(
              () -> answer(origin, length), PausedUploadTest::onAThreadOfItsOwn);

      assertThat(caller.readResponse().text()).isEqualTo("ok");
      assertThat(sending).succeedsWithin(Limit.SAFETY);
      assertThat(answering).succeedsWithin(Limit.SAFETY);
      assertThat(holdfast.count("holdfast.callers.left")).isZero();
    }
  }

  /** The common pool may have but one, and both block. */
  private static void onAThreadOfItsOwn(Runnable task) {
    new Thread(task, "paused-upload").start();
  }

  private static void answer(ServerSocket origin, int length) {
    try (var connection = origin.accept()) {
      var request = Request.read(connection.getInputStream(), 1, 1, bytes -> {});
      assertThat(request.body().length()).isEqualTo(length);
      Wire.write(connection.getOutputStream(), "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
