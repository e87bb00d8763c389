package dev.holdfast.scenario;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.http.server.reactive.ReactorHttpHandlerAdapter;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.web.server.WebFilterChainProxy;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.adapter.WebHttpHandlerBuilder;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

/** A WebFlux origin behind Spring Security as it is by default, but that everybody may read. */
final class SecuredOrigin implements AutoCloseable {

  private final AtomicInteger requests = new AtomicInteger();
  private final DisposableServer server;

  SecuredOrigin() {
    var security =
        ServerHttpSecurity.http().authorizeExchange(all -> all.anyExchange().permitAll());
    var handler =
        WebHttpHandlerBuilder.webHandler(this::answer)
            .filter(new WebFilterChainProxy(security.build()))
            .build();
    server =
        HttpServer.create()
            .host("127.0.0.1")
            .port(0)
            .handle(new ReactorHttpHandlerAdapter(handler))
            .bindNow();
  }

  private Mono<Void> answer(ServerWebExchange exchange) {
    requests.incrementAndGet();
    var response = exchange.getResponse();
    var text = "hello".getBytes(StandardCharsets.UTF_8);
    return response.writeWith(Mono.fromSupplier(() -> response.bufferFactory().wrap(text)));
  }

  String baseUrl() {
    return "http://127.0.0.1:" + server.port();
  }

  int requests() {
    return requests.get();
  }

  @Override
  public void close() {
    server.disposeNow();
  }
}
