package dev.holdfast.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.boot.actuate.endpoint.web.WebEndpointsSupplier;
import org.springframework.boot.actuate.endpoint.web.WebOperationRequestPredicate;

/**
 * Everything that is mapped at either port, with all of Actuator exposed and allowed, asked for by
 * every method: what is not listed here is not there.
 */
class EndpointWalkTest extends SharedHoldfast {

  private static final List<String> METHODS =
      List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");

  /** What operators may have, where it is exposed; all but the last two by GET and HEAD. */
  private static final Set<String> LISTED =
      Set.of(
          "GET /actuator",
          "GET /actuator/beans",
          "GET /actuator/bulkheadevents",
          "GET /actuator/bulkheadevents/{bulkheadName}",
          "GET /actuator/bulkheadevents/{bulkheadName}/{eventType}",
          "GET /actuator/bulkheads",
          "GET /actuator/caches",
          "GET /actuator/caches/{cache}",
          "GET /actuator/circuitbreakerevents",
          "GET /actuator/circuitbreakerevents/{name}",
          "GET /actuator/circuitbreakerevents/{name}/{eventType}",
          "GET /actuator/circuitbreakers",
          "GET /actuator/conditions",
          "GET /actuator/fills",
          "GET /actuator/health",
          "GET /actuator/health/{*path}",
          "GET /actuator/info",
          "GET /actuator/loggers",
          "GET /actuator/loggers/{name}",
          "GET /actuator/mappings",
          "GET /actuator/metrics",
          "GET /actuator/metrics/{requiredMetricName}",
          "GET /actuator/prometheus",
          "GET /actuator/retries",
          "GET /actuator/retryevents",
          "GET /actuator/retryevents/{name}",
          "GET /actuator/retryevents/{name}/{eventType}",
          "GET /actuator/sbom",
          "GET /actuator/threaddump",
          "DELETE /actuator/caches",
          "DELETE /actuator/caches/{cache}",
          "POST /actuator/purge");

  /** What there is of what the mappings leave open. */
  private static final Map<String, String> NAMES =
      Map.of(
          "{bulkheadName}", "catalog",
          "{cache}", "catalog",
          "{*path}", "livenessState",
          "{requiredMetricName}", "jvm.memory.used",
          "/retryevents/{name}", "/retryevents/catalog",
          "/circuitbreakerevents/{name}", "/circuitbreakerevents/catalog",
          "/loggers/{name}", "/loggers/ROOT",
          "{eventType}", "ERROR");

  EndpointWalkTest() {
    super(
        "caller-timeout=20s",
        "management.endpoints.web.exposure.include=*",
        "management.endpoint.caches.access=unrestricted",
        "management.endpoint.env.access=unrestricted",
        "management.endpoint.heapdump.access=unrestricted",
        "management.endpoint.shutdown.access=unrestricted",
        "holdfast.purge.tokens=a-token-that-nobody-here-sends");
    origin.otherwise(exchange -> exchange.ok("ok"));
  }

  @Test
  void operatorsPort_answersWhatIsListed_andNothingElse() {
    Set<String> there = new TreeSet<>();
    for (String pattern : patterns()) {
      for (String method : METHODS) {
        Response answer = holdfast.managed(method, target(pattern));
        if (answer.status() != 404 && answer.status() != 405) {
          there.add(method + " " + pattern);
        }
      }
    }
    assertThat(there)
        .containsExactlyInAnyOrderElementsOf(
            Stream.concat(
                    LISTED.stream(),
                    LISTED.stream()
                        .filter(listed -> listed.startsWith("GET"))
                        .map(listed -> listed.replace("GET", "HEAD")))
                .toList());
  }

  @Test
  void unknownMethodsAndPaths_areRefusedAtTheOperatorsPort() {
    for (String method : List.of("TRACE", "PURGE", "FOO")) {
      assertThat(holdfast.managed(method, "/actuator/health").status()).isEqualTo(400);
    }
    for (String path : List.of("/", "/catalog/a", "/livez", "/actuator/", "/actuator/nothing")) {
      assertThat(holdfast.managed("GET", path).status()).as(path).isEqualTo(404);
    }
    for (String path : List.of("/actuator/health/../env", "/actuator//env", "/actuator/env;x")) {
      assertThat(holdfast.managed("GET", path).status()).as(path).isBetween(400, 404);
    }
  }

  @Test
  void callersPort_hasNothingOfIt() {
    int before = origin.requestsTotal();
    for (String pattern : patterns()) {
      for (String method : METHODS) {
        Response answer = RawCaller.once(holdfast.port(), method, target(pattern));
        assertThat(answer.status()).as(method + " " + pattern).isEqualTo(404);
      }
    }
    for (String probe : List.of("/livez", "/readyz")) {
      assertThat(RawCaller.once(holdfast.port(), "GET", probe).status()).isEqualTo(200);
      assertThat(RawCaller.once(holdfast.port(), "GET", probe + "/x").status()).isEqualTo(404);
    }
    assertThat(origin.requestsTotal()).isEqualTo(before);
  }

  @Test
  void unlessConfigured_littleIsExposed() {
    try (var plain = Holdfast.inFrontOf(origin)) {
      Set<String> there =
          patterns().stream()
              .filter(pattern -> plain.managed("GET", target(pattern)).status() != 404)
              .collect(Collectors.toSet());
      assertThat(there)
          .containsExactlyInAnyOrder(
              "/actuator",
              "/actuator/fills",
              "/actuator/health",
              "/actuator/health/{*path}",
              "/actuator/info",
              "/actuator/prometheus");
    }
  }

  /** The paths that are mapped, as they are. */
  private Set<String> patterns() {
    Set<String> patterns = new TreeSet<>();
    patterns.add("/actuator");
    patterns.add("/actuator/purge");
    holdfast
        .bean(WebEndpointsSupplier.class)
        .getEndpoints()
        .forEach(
            endpoint ->
                endpoint.getOperations().stream()
                    .map(operation -> operation.getRequestPredicate())
                    .map(WebOperationRequestPredicate::getPath)
                    .forEach(path -> patterns.add("/actuator/" + path)));
    assertThat(patterns).contains("/actuator/env", "/actuator/heapdump", "/actuator/shutdown");
    return patterns;
  }

  private static String target(String pattern) {
    String target = pattern;
    for (Map.Entry<String, String> name : NAMES.entrySet()) {
      target = target.replace(name.getKey(), name.getValue());
    }
    return target.replaceAll("\\{[^}]*\\}", "x");
  }
}
