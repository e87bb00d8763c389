package dev.holdfast.web;

import org.springframework.core.Ordered;
import org.springframework.stereotype.Component;
import org.springframework.web.cors.reactive.CorsUtils;
import org.springframework.web.reactive.HandlerMapping;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/**
 * Maps every request that nobody else claims to the caching controller, whatever its method and
 * path.
 *
 * <p>Not a {@code @RequestMapping}: that would parse paths, answer {@code OPTIONS} and CORS
 * preflights itself, and so be anything but transparent.
 */
@Component
final class AnyRequestMapping implements HandlerMapping, Ordered {

  private final CachingController controller;
  private final Mono<Object> mapped;

  AnyRequestMapping(CachingController controller) {
    this.controller = controller;
    this.mapped = Mono.just(controller);
  }

  @Override
  public Mono<Object> getHandler(ServerWebExchange exchange) {
    // of a preflight Spring's dispatcher has the handler looked up, and never calls it
    return CorsUtils.isPreFlightRequest(exchange.getRequest())
        ? controller.handle(exchange).then(mapped)
        : mapped;
  }

  @Override
  public int getOrder() {
    return Ordered.LOWEST_PRECEDENCE;
  }
}
