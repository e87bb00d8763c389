package dev.holdfast.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Interim responses before the final one, on a connection that is kept: each gets its own. */
class InterimResponsesTest {

  @Test
  void interimThenFinal_twiceOnOneConnection_eachCallerGetsItsOwn() {
    try (var origin = new ScriptedOrigin();
        var holdfast = Holdfast.inFrontOf(origin, "caller-timeout=20s")) {
      origin.otherwise(
          exchange -> {
            exchange.head("102 Processing");
            exchange.head("103 Early Hints", "Link: </style.css>");
            exchange.ok("body of " + exchange.request().target(), "Cache-Control: max-age=60");
          });

      for (String target : new String[] {"/a", "/b", "/c"}) {
        var answer = holdfast.get(target);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text()).isEqualTo("body of " + target);
      }
      assertThat(holdfast.get("/a").text()).isEqualTo("body of /a");
      assertThat(origin.connections()).isEqualTo(1);
      assertThat(origin.requestsTotal()).isEqualTo(3);
    }
  }
}
