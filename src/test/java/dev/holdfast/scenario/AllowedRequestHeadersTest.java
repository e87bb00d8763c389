package dev.holdfast.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** A list of what a fetch carries of its callers' fields. */
class AllowedRequestHeadersTest {

  @Test
  void list_isTheWholeOfWhatAFetchCarries() {
    try (var origin = new ScriptedOrigin();
        var holdfast =
            Holdfast.inFrontOf(
                origin,
                "caller-timeout=20s",
                "allowed-request-headers=Accept,X-Tenant",
                "default-request-headers.X-Api-Key=key")) {
      origin.otherwise(exchange -> exchange.ok("ok"));

      holdfast.get(
          "/get", "Accept: text/plain", "x-tenant: one", "Cookie: a=b", "X-Other: 1", "Via: 1.1 a");
      try (var caller = holdfast.caller()) {
        caller.request(
            "POST", "/catalog/post", "Content-Type: text/plain", "Content-Length: 2", "X-Other: 1");
        caller.send("hi");
        caller.readResponse();
      }

      var requests = origin.requests();
      assertThat(requests.get(0).headers().all())
          .extracting(Header::name)
          .containsExactly(
              "Host", "Accept", "x-tenant", "Via", "Via", "X-Forwarded-Prefix", "X-Api-Key");
      assertThat(requests.get(1).headers().all())
          .extracting(Header::name)
          .containsExactly(
              "Host", "Content-Type", "Content-Length", "Via", "X-Forwarded-Prefix", "X-Api-Key");
      assertThat(requests.get(1).body().text()).isEqualTo("hi");
    }
  }

  @Test
  void storedResponse_isAskedAboutAllTheSame() {
    try (var origin = new ScriptedOrigin();
        var holdfast =
            Holdfast.inFrontOf(origin, "caller-timeout=20s", "allowed-request-headers=Accept")) {
      origin.on(
          "/item",
          exchange -> {
            if (exchange.request().header("If-None-Match") == null) {
              exchange.ok("hello", "Cache-Control: max-age=60", "Age: 59", "ETag: \"v1\"");
            } else {
              exchange.answer("304 Not Modified", "", "Cache-Control: max-age=60", "ETag: \"v1\"");
            }
          });
      Await.until(
          () -> holdfast.get("/item").text().equals("hello") && origin.requests("/item") == 2,
          "the second of freshness is over");
      holdfast.awaitNothingLeft();
      assertThat(holdfast.fills("revalidated")).isEqualTo(1);
    }
  }
}
