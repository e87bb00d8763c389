package dev.holdfast.demo;

import static org.springframework.web.reactive.function.server.RequestPredicates.methods;
import static org.springframework.web.reactive.function.server.RequestPredicates.path;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Function;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.HandlerFunction;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import org.springframework.web.util.UriUtils;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** What the slow origin answers. Every request but {@code /calls} is counted on its arrival. */
class DemoEndpoints {

  private static final int MAX_MILLIS = 600_000;
  private static final int MAX_BYTES = 1_000_000;
  private static final String HELP =
      """
      The demo origin answers GET and HEAD on:
        /slow?ms=900           after that many milliseconds
        /hang                  never
        /drip?bytes=20&ms=100  byte by byte, that many milliseconds before each
        /fail?status=500       with that status
        /private               for one caller only
        /plain                 without a word about its freshness
        /calls?/slow?ms=900    how often that URL was asked for
      """;

  private final Function<Duration, Mono<?>> pause;
  private final CallCounts calls = new CallCounts();

  /**
   * @param pause a {@code Mono} that signals after the given time
   */
  DemoEndpoints(Function<Duration, Mono<?>> pause) {
    this.pause = pause;
  }

  RouterFunction<ServerResponse> routes() {
    return RouterFunctions.route()
        .nest(
            methods(HttpMethod.GET, HttpMethod.HEAD),
            routes ->
                routes
                    .route(path("/slow"), counted(this::slow))
                    .route(path("/hang"), counted((request, call) -> Mono.never()))
                    .route(path("/drip"), counted((request, call) -> drip(request)))
                    .route(path("/fail"), counted(this::fail))
                    .route(path("/private"), counted(this::privately))
                    .route(path("/plain"), counted((request, call) -> text(ok(), call)))
                    .route(path("/calls"), this::calls))
        .filter(
            (request, endpoint) ->
                Mono.defer(() -> endpoint.handle(request))
                    .onErrorResume(
                        BadParameter.class,
                        bad -> text(ServerResponse.badRequest(), bad.getMessage() + "\n")))
        .add(
            RouterFunctions.route(
                any -> true, request -> text(ServerResponse.status(HttpStatus.NOT_FOUND), HELP)))
        .build();
  }

  private Mono<ServerResponse> slow(ServerRequest request, String call) {
    var millis = number(request, "ms", 900, 0, MAX_MILLIS);
    return pause.apply(Duration.ofMillis(millis)).then(text(ok().cacheControl(fresh()), call));
  }

  private Mono<ServerResponse> drip(ServerRequest request) {
    var bytes = number(request, "bytes", 20, 1, MAX_BYTES);
    var between = Duration.ofMillis(number(request, "ms", 100, 0, MAX_MILLIS));
    return ok().cacheControl(fresh())
        .contentType(MediaType.TEXT_PLAIN)
        .contentLength(bytes)
        .body(
            (response, context) -> {
              var buffers = response.bufferFactory();
              var drops =
                  Flux.range(1, bytes)
                      .concatMap(
                          nth -> pause.apply(between).thenReturn(nth == bytes ? '\n' : '.'), 1)
                      .map(drop -> Mono.just(buffers.wrap(new byte[] {(byte) drop.charValue()})));
              return response.writeAndFlushWith(drops);
            });
  }

  private Mono<ServerResponse> fail(ServerRequest request, String call) {
    return text(ServerResponse.status(number(request, "status", 500, 400, 599)), call);
  }

  private Mono<ServerResponse> privately(ServerRequest request, String call) {
    return text(ok().cacheControl(fresh().cachePrivate()), call);
  }

  /** Takes {@code /calls?/slow?ms=900} and, as a form would send it, {@code /calls?url=…}. */
  private Mono<ServerResponse> calls(ServerRequest request) {
    var asked = request.uri().getRawQuery();
    if (asked == null || asked.isEmpty()) {
      throw new BadParameter("Say which URL, as in /calls?/slow?ms=900");
    }
    var url =
        asked.startsWith("url=")
            ? UriUtils.decode(asked.substring("url=".length()), StandardCharsets.UTF_8)
            : asked;
    var count = calls.of(url.startsWith("/") ? url : "/" + url);
    return text(ok().cacheControl(CacheControl.noStore()), count + "\n");
  }

  private HandlerFunction<ServerResponse> counted(Endpoint endpoint) {
    return request -> {
      var url = request.uri().getRawPath();
      var query = request.uri().getRawQuery();
      var target = query == null ? url : url + "?" + query;
      return endpoint.answer(request, "call " + calls.add(target) + " of " + target + "\n");
    };
  }

  private static int number(ServerRequest request, String name, int unsaid, int min, int max) {
    var said = request.queryParam(name).orElse("" + unsaid);
    try {
      var number = Integer.parseInt(said);
      if (number >= min && number <= max) {
        return number;
      }
    } catch (NumberFormatException notANumber) {
      // the same answer as for a number out of range
    }
    throw new BadParameter(name + " must be a whole number from " + min + " to " + max);
  }

  private static CacheControl fresh() {
    return CacheControl.maxAge(Duration.ofSeconds(60));
  }

  private static ServerResponse.BodyBuilder ok() {
    return ServerResponse.ok();
  }

  private static Mono<ServerResponse> text(ServerResponse.BodyBuilder head, String body) {
    return head.contentType(MediaType.TEXT_PLAIN).bodyValue(body);
  }

  private interface Endpoint {
    Mono<ServerResponse> answer(ServerRequest request, String call);
  }

  private static class BadParameter extends RuntimeException {
    private static final long serialVersionUID = 1L;

    BadParameter(String message) {
      super(message);
    }
  }
}
