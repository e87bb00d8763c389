package dev.holdfast.demo;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.reactive.function.server.RequestPredicates;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/**
 * The cache that loses writes: look up, else fetch, store, answer, all of it on the caller's own
 * subscription and under the caller's time-out.
 *
 * <p>A caller that leaves cancels the fetch and with it the {@code doOnNext} that stores. It is
 * kept as it is to be compared with.
 */
class NaiveTwin {

  static final String RESULT = "X-Naive";

  private static final String PREFIX = "/naive";

  private final Cache<String, ResponseEntity<byte[]>> cache =
      Caffeine.newBuilder().maximumSize(1_000).expireAfterWrite(Duration.ofSeconds(60)).build();
  private final WebClient webClient;
  private final Supplier<String> originBaseUrl;
  private final Duration callerTimeout;

  NaiveTwin(WebClient webClient, Supplier<String> originBaseUrl, Duration callerTimeout) {
    this.webClient = webClient;
    this.originBaseUrl = originBaseUrl;
    this.callerTimeout = callerTimeout;
  }

  RouterFunction<ServerResponse> routes() {
    return RouterFunctions.route(RequestPredicates.GET(PREFIX + "/**"), this::answer);
  }

  /** Cold; cancelling it cancels the fetch, and nothing is stored. */
  private Mono<ServerResponse> answer(ServerRequest request) {
    var target = target(request.uri());
    var stored = cache.getIfPresent(target);
    if (stored != null) {
      return answer(stored, "hit");
    }
    return fetch(target)
        .doOnNext(response -> put(target, response))
        .timeout(callerTimeout)
        .flatMap(response -> answer(response, "miss"))
        .onErrorResume(
            TimeoutException.class,
            late ->
                ServerResponse.status(HttpStatus.GATEWAY_TIMEOUT)
                    .contentType(MediaType.TEXT_PLAIN)
                    .header(RESULT, "miss")
                    .bodyValue("The origin took too long; the fetch was given up.\n"));
  }

  private Mono<ResponseEntity<byte[]>> fetch(String target) {
    return webClient
        .get()
        .uri(URI.create(originBaseUrl.get() + target))
        .exchangeToMono(response -> response.toEntity(byte[].class));
  }

  private void put(String target, ResponseEntity<byte[]> response) {
    var cacheControl = "" + response.getHeaders().getCacheControl();
    if (response.getStatusCode().isSameCodeAs(HttpStatus.OK)
        && !cacheControl.contains("no-store")
        && !cacheControl.contains("private")) {
      cache.put(target, response);
    }
  }

  private static Mono<ServerResponse> answer(ResponseEntity<byte[]> response, String result) {
    var head = ServerResponse.status(response.getStatusCode()).header(RESULT, result);
    for (var name : new String[] {HttpHeaders.CONTENT_TYPE, HttpHeaders.CACHE_CONTROL}) {
      response.getHeaders().getOrEmpty(name).forEach(value -> head.header(name, value));
    }
    var body = response.getBody();
    return body == null ? head.build() : head.bodyValue(body);
  }

  private static String target(URI uri) {
    var path = uri.getRawPath().substring(PREFIX.length());
    return uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery();
  }
}
