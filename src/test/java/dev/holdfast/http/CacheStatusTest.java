package dev.holdfast.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("RFC 9211 §2: Cache-Status")
class CacheStatusTest {

  @DisplayName("§2.1, §2.4: hit, and the freshness that remains")
  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "59, holdfast;hit;ttl=59",
    "0, holdfast;hit;ttl=0",
    "-7, holdfast;hit;ttl=-7",
    "999999999999999, holdfast;hit;ttl=999999999999999",
    "9223372036854775807, holdfast;hit;ttl=999999999999999",
    "-9223372036854775808, holdfast;hit;ttl=-999999999999999",
  })
  void hit_hasItsTtl(long ttlSeconds, String member) {
    assertThat(CacheStatus.hit(ttlSeconds).serialize("holdfast")).isEqualTo(member);
  }

  @DisplayName("§2.2: fwd, in RFC 9211's own words")
  @ParameterizedTest
  @CsvSource({
    "METHOD, method",
    "URI_MISS, uri-miss",
    "VARY_MISS, vary-miss",
    "STALE, stale",
    "REQUEST, request",
  })
  void forwarded_hasItsReason(Forwarded why, String token) {
    assertThat(forwarded(why, false, false, null))
        .isEqualTo("holdfast;fwd=" + token + ";fwd-status=200");
  }

  @DisplayName("§2.3, §2.5, §2.6: fwd-status, stored, collapsed")
  @Test
  void forwarded_saysWhatBecameOfIt() {
    assertThat(forwarded(Forwarded.URI_MISS, true, false, null))
        .isEqualTo("holdfast;fwd=uri-miss;fwd-status=200;stored");
    assertThat(forwarded(Forwarded.STALE, true, true, null))
        .isEqualTo("holdfast;fwd=stale;fwd-status=200;stored;collapsed");
  }

  @DisplayName("§2.8: detail is a token")
  @ParameterizedTest
  @EnumSource
  void reasonNotToStore_isTheDetail(NotStorable reason) {
    assertThat(reason.token()).matches("[a-z]+(-[a-z]+)*");
    assertThat(forwarded(Forwarded.URI_MISS, false, false, reason.token()))
        .isEqualTo("holdfast;fwd=uri-miss;fwd-status=200;detail=" + reason.token());
  }

  @Test
  void failure_hasNoStatusOfTheOrigin() {
    assertThat(CacheStatus.failed(Forwarded.URI_MISS, true, "caller-timeout").serialize("holdfast"))
        .isEqualTo("holdfast;fwd=uri-miss;collapsed;detail=caller-timeout");
    assertThat(CacheStatus.failed(Forwarded.STALE, false, "circuit-open").serialize("holdfast"))
        .isEqualTo("holdfast;fwd=stale;detail=circuit-open");
  }

  @Test
  void refusal_isNeitherHitNorForwarded() {
    assertThat(CacheStatus.refused("loop").serialize("holdfast")).isEqualTo("holdfast;detail=loop");
  }

  @Test
  void cacheName_isTheMembersToken() {
    assertThat(CacheStatus.hit(1).serialize("Edge-1.eu_west"))
        .isEqualTo("Edge-1.eu_west;hit;ttl=1");
  }

  private static String forwarded(
      Forwarded why, boolean stored, boolean collapsed, @Nullable String detail) {
    return new CacheStatus(false, why, null, 200, stored, collapsed, detail).serialize("holdfast");
  }
}
