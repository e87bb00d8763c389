package dev.holdfast.scenario;

import java.nio.charset.StandardCharsets;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

/** An origin that answers everything with a kilobyte, and remembers nothing. */
final class FloodedOrigin implements AutoCloseable {

  private static final byte[] CONTENT = "x".repeat(1024).getBytes(StandardCharsets.UTF_8);

  private final DisposableServer server =
      HttpServer.create()
          .host("127.0.0.1")
          .port(0)
          .handle(
              (request, response) ->
                  response
                      .header("Cache-Control", "max-age=3600")
                      .sendByteArray(Mono.just(CONTENT)))
          .bindNow();

  String baseUrl() {
    return "http://127.0.0.1:" + server.port();
  }

  @Override
  public void close() {
    server.disposeNow();
  }
}
