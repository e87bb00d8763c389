package dev.holdfast.story;

import java.time.Duration;
import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;

/** The fetch that all naive designs share, and an account of those under way. */
class Fetcher implements AutoCloseable {

  private final ConnectionProvider connections = ConnectionProvider.create("story", 1_000);
  private final Counter underWay = new Counter("fetches under way");
  private final WebClient webClient;

  Fetcher(StoryOrigin origin) {
    webClient =
        WebClient.builder()
            .baseUrl(origin.baseUrl())
            .clientConnector(new ReactorClientHttpConnector(HttpClient.create(connections)))
            .build();
  }

  /** Cold; counted as over after its last signal has been dealt with, or once it is cancelled. */
  Mono<String> fetch(String key) {
    return webClient
        .get()
        .uri("/{key}", key)
        .retrieve()
        .bodyToMono(String.class)
        .doOnSubscribe(begun -> underWay.add(1))
        .doFinally(over -> underWay.add(-1));
  }

  void settle() {
    underWay.await(fetches -> fetches == 0);
  }

  @Override
  public void close() {
    connections.disposeLater().block(Duration.ofSeconds(30));
  }
}
