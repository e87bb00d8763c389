package dev.holdfast.demo;

import java.net.URI;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Function;
import org.springframework.boot.reactor.netty.NettyReactiveWebServerFactory;
import org.springframework.boot.web.server.WebServer;
import org.springframework.http.ResponseEntity;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.reactive.function.server.RouterFunctions;
import reactor.core.publisher.Mono;

/** The demo origin and a callers' port with the naive twin, without an application context. */
class DemoServers implements AutoCloseable {

  private final DemoOrigin origin;
  private final WebServer callersPort;
  private final WebClient webClient = WebClient.create();

  /**
   * @param pause stands in for the origin's delays
   * @param callerTimeout the naive twin's
   */
  DemoServers(Function<Duration, Mono<?>> pause, Duration callerTimeout) {
    origin = new DemoOrigin(0, new DemoEndpoints(pause), null);
    origin.start();
    var naive = new NaiveTwin(webClient, origin::baseUrl, callerTimeout);
    callersPort =
        new NettyReactiveWebServerFactory(0)
            .getWebServer(RouterFunctions.toHttpHandler(naive.routes()));
    callersPort.start();
  }

  int originPort() {
    return origin.port();
  }

  Mono<ResponseEntity<String>> origin(String target) {
    return get(origin.baseUrl() + target);
  }

  Mono<ResponseEntity<String>> naive(String target) {
    return get("http://127.0.0.1:" + callersPort.getPort() + "/naive" + target);
  }

  private Mono<ResponseEntity<String>> get(String url) {
    return webClient
        .get()
        .uri(URI.create(url))
        .exchangeToMono(response -> response.toEntity(String.class));
  }

  /** The response; an answer that does not come fails the test. */
  static ResponseEntity<String> answered(Mono<ResponseEntity<String>> response) {
    return Objects.requireNonNull(response.block(Duration.ofSeconds(30)));
  }

  @Override
  public void close() {
    callersPort.stop();
    origin.stop();
  }
}
