package dev.holdfast.web;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.springframework.boot.actuate.endpoint.EndpointId;
import org.springframework.boot.actuate.endpoint.web.PathMappedEndpoints;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.context.annotation.Bean;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.config.web.server.ServerHttpSecurity.AuthorizeExchangeSpec;
import org.springframework.security.config.web.server.ServerHttpSecurity.CsrfSpec;
import org.springframework.security.config.web.server.ServerHttpSecurity.LogoutSpec;
import org.springframework.security.config.web.server.ServerHttpSecurity.RequestCacheSpec;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.security.web.server.WebFilterChainProxy;
import org.springframework.security.web.server.authentication.HttpStatusServerEntryPoint;
import org.springframework.web.reactive.HandlerMapping;
import org.springframework.web.reactive.handler.SimpleUrlHandlerMapping;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebHandler;

/**
 * What operators may ask for on their port: what is listed here, where the configuration exposes
 * it. All else is not there, whatever the configuration says.
 *
 * <p>No {@code @Configuration}, which would have it found for the callers' port: Spring Boot
 * imports it into the operators' context by its name.
 */
@ConditionalOnBean(PurgeRequests.class)
class OperatorsPort {

  /** Actuator's endpoints to be read; none of them shows a secret, a header or a body. */
  static final List<String> READABLE =
      List.of(
          "beans",
          "bulkheadevents",
          "bulkheads",
          "caches",
          "circuitbreakerevents",
          "circuitbreakers",
          "conditions",
          "fills",
          "health",
          "info",
          "loggers",
          "mappings",
          "metrics",
          "prometheus",
          "retries",
          "retryevents",
          "sbom",
          "threaddump");

  private static final String PURGE = "/purge";

  @Bean
  WebFilter operatorsMayAsk(PathMappedEndpoints endpoints) {
    return new WebFilterChainProxy(chain(endpoints));
  }

  private static SecurityWebFilterChain chain(PathMappedEndpoints endpoints) {
    return ServerHttpSecurity.http()
        .csrf(CsrfSpec::disable) // nothing here goes by a cookie
        .logout(LogoutSpec::disable)
        .requestCache(RequestCacheSpec::disable)
        .authorizeExchange(exchanges -> list(exchanges, endpoints))
        .exceptionHandling(
            handling ->
                handling.authenticationEntryPoint(
                    new HttpStatusServerEntryPoint(HttpStatus.NOT_FOUND)))
        .build();
  }

  private static void list(AuthorizeExchangeSpec exchanges, PathMappedEndpoints endpoints) {
    String base = endpoints.getBasePath();
    exchanges.pathMatchers(HttpMethod.POST, base + PURGE).permitAll(); // which asks for a token
    String[] readable =
        Stream.concat(
                Stream.of(base),
                READABLE.stream()
                    .map(id -> endpoints.getPath(EndpointId.of(id)))
                    .filter(Objects::nonNull)
                    .flatMap(path -> Stream.of(path, path + "/**")))
            .toArray(String[]::new);
    exchanges.pathMatchers(HttpMethod.GET, readable).permitAll();
    exchanges.pathMatchers(HttpMethod.HEAD, readable).permitAll();
    String caches = endpoints.getPath(EndpointId.of("caches"));
    if (caches != null) { // where Actuator allows it: management.endpoint.caches.access
      exchanges.pathMatchers(HttpMethod.DELETE, caches, caches + "/*").permitAll();
    }
    exchanges.anyExchange().denyAll();
  }

  @Bean
  HandlerMapping purgeMapping(PathMappedEndpoints endpoints, PurgeRequests purges) {
    WebHandler handler = purges::ofBody;
    return new SimpleUrlHandlerMapping(Map.of(endpoints.getBasePath() + PURGE, handler), -200);
  }
}
