package dev.holdfast.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.config.PolicySettings;
import dev.holdfast.fill.FakeOrigin;
import dev.holdfast.origin.Origin;
import dev.holdfast.policy.KeyPolicy;
import dev.holdfast.testing.TestOrigins;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which rule holds for a path, and for a status of its response. */
class RoutesTest {

  private final List<PolicySettings> fetchedUnder = new ArrayList<>();

  @ParameterizedTest
  @CsvSource({
    "/items, PT10S",
    "/items/1, PT10S",
    "/items/1/parts, PT20S",
    "/%69tems/1, PT10S",
    "/Items/1, PT1S",
    "/items/special, PT10S",
    "/other, PT1S",
    "/, PT1S",
  })
  void firstRuleThatMatchesThePath_wins(String path, Duration expected) {
    Routes routes =
        routes(
            "default-ttl=1s",
            "rules[0].paths=/items,/items/*",
            "rules[0].default-ttl=10s",
            "rules[1].paths=/items/special,/items/{id}/**",
            "rules[1].default-ttl=20s");
    assertThat(routes.of(path).policyFor(200).defaultTtl()).isEqualTo(expected);
  }

  @Test
  void whatARuleDoesNotSay_isTheOriginsAndNotThatOfALaterRule() {
    Routes routes =
        routes(
            "caller-timeout=3s",
            "key.headers=x-tenant",
            "rules[0].paths=/a",
            "rules[0].override-ttl=10s",
            "rules[0].key.sorted-query=true",
            "rules[1].paths=/**",
            "rules[1].caller-timeout=9s",
            "rules[1].fetch-timeout=90s");
    CachedOrigin a = routes.of("/a");
    assertThat(a.callerTimeout()).hasSeconds(3);
    assertThat(a.policyFor(200).overrideTtl()).hasSeconds(10);
    assertThat(a.keys()).isEqualTo(new KeyPolicy(List.of(), true, List.of("x-tenant"), null));
    assertThat(routes.of("/b").callerTimeout()).hasSeconds(9);
    assertThat(fetchedUnder)
        .extracting(PolicySettings::fetchTimeout)
        .contains(Duration.ofSeconds(90));
  }

  @ParameterizedTest
  @CsvSource({
    "/a, 200, PT60S",
    "/a, 404, PT1S",
    "/a, 503, PT2S",
    "/b, 200, PT5S",
    "/b, 404, PT1S",
    "/b, 503, PT5S",
    "/c, 200, PT0S",
    "/c, 404, PT0S"
  })
  void statusOfTheResponse_choosesAmongTheRulesOfThePath(
      String path, int status, Duration expected) {
    Routes routes =
        routes(
            "rules[0].paths=/a,/b",
            "rules[0].statuses=404",
            "rules[0].default-ttl=1s",
            "rules[1].paths=/a",
            "rules[1].statuses=5xx,404",
            "rules[1].default-ttl=2s",
            "rules[2].paths=/a",
            "rules[2].default-ttl=60s",
            "rules[3].paths=/b",
            "rules[3].default-ttl=5s",
            "rules[4].paths=/a,/b",
            "rules[4].statuses=200",
            "rules[4].default-ttl=99s");
    assertThat(routes.of(path).policyFor(status).defaultTtl()).isEqualTo(expected);
  }

  @Test
  void part_isUnderTheRulesForTheWhole() {
    CachedOrigin a = routes("rules[0].statuses=200", "rules[0].default-ttl=7s").of("/a");

    assertThat(a.policyFor(206).defaultTtl()).hasSeconds(7);
    assertThat(a.policyFor(204).defaultTtl()).isZero();
  }

  @Test
  void ruleOfStatuses_leavesWhatTheRequestNeedsToTheRuleOfThePath() {
    Routes routes =
        routes(
            "rules[0].statuses=404",
            "rules[0].max-stored-body=1KB",
            "rules[1].paths=/a",
            "rules[1].authorization=per-credential",
            "rules[1].cookies=ignore");
    CachedOrigin a = routes.of("/a");
    assertThat(a.policyFor(404).credentialsInKey()).isTrue();
    assertThat(a.policyFor(404).privateCookies()).isFalse();
    assertThat(a.terms().maxStoredBodyBytes(404)).isEqualTo(1024);
    assertThat(a.terms().maxStoredBodyBytes(200)).isEqualTo(8L << 20);
    CachedOrigin b = routes.of("/b");
    assertThat(b.policyFor(404).credentialsInKey()).isFalse();
    assertThat(b.policyFor(404).privateCookies()).isTrue();
    assertThat(b.keys()).isEqualTo(KeyPolicy.BY_TARGET);
  }

  @Test
  void heuristicLifetime_isThereOnlyWhereItIsAskedFor() {
    Routes routes = routes("rules[0].paths=/a", "rules[0].heuristic-freshness=true");
    assertThat(routes.of("/a").policyFor(200).maxHeuristicTtl()).hasHours(24);
    assertThat(routes.of("/b").policyFor(200).maxHeuristicTtl()).isNull();
  }

  @Test
  void bypass_isOfItsPathsAlone() {
    Routes routes = routes("rules[0].paths=/a/**", "rules[0].bypass=true");
    assertThat(routes.of("/a/b").bypass()).isTrue();
    assertThat(routes.of("/b").bypass()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/a/../b", "/b;/a", "/b%2fa", "//a", "/a/%2E%2e/b"})
  void pathThatTheOriginMayReadAsAnother_isBypassedWhereRulesTellPathsApart(String path) {
    assertThat(routes("rules[0].paths=/a/**", "rules[0].override-ttl=60s").of(path).bypass())
        .isTrue();
    assertThat(routes("override-ttl=60s").of(path).bypass()).isFalse();
    assertThat(routes("rules[0].statuses=404", "rules[0].default-ttl=1s").of(path).bypass())
        .isFalse();
  }

  private Routes routes(String... written) {
    return new Routes(
        TestOrigins.settings("catalog", written), this::fetched, KeyPolicy.secret(new byte[] {1}));
  }

  private Origin fetched(PolicySettings policy) {
    fetchedUnder.add(policy);
    return new FakeOrigin();
  }
}
