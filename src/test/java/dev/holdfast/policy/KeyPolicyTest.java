package dev.holdfast.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.http.CacheKey;
import dev.holdfast.http.Fields;
import dev.holdfast.http.RequestHead;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeyPolicyTest {

  private static final SecretKeySpec SECRET = KeyPolicy.secret(new byte[] {1, 2, 3});
  private static final KeyPolicy IGNORING =
      new KeyPolicy(List.of("utm_*", "gclid"), false, List.of(), null);
  private static final KeyPolicy SORTED = new KeyPolicy(List.of(), true, List.of(), null);
  private static final KeyPolicy BY_TENANT =
      new KeyPolicy(List.of(), false, List.of("accept", "x-tenant"), null);
  private static final KeyPolicy BY_CREDENTIAL = new KeyPolicy(List.of(), false, List.of(), SECRET);

  /** Of these pieces targets are made that other servers take for each other. */
  private static final List<String> PIECES =
      List.of(
          "/", "a", "A", "%61", "%2F", "%2f", ";", "?", "&", "=", "b", "//", "/../", "+", "%20");

  @RepeatedTest(20)
  void nothingConfigured_equalKeysMeanEqualRequestLines(RepetitionInfo repetition) {
    Random random = new Random(repetition.getCurrentRepetition());
    List<String> targets = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      targets.add(target(random));
    }
    for (String one : targets) {
      for (String other : targets) {
        CacheKey key = KeyPolicy.BY_TARGET.keyOf("catalog", get(one, "X-Any", other));
        assertThat(key.equals(KeyPolicy.BY_TARGET.keyOf("catalog", get(other))))
            .isEqualTo(one.equals(other));
      }
    }
  }

  @RepeatedTest(20)
  void sorted_anyOrderOfTheSameParametersIsOneKey(RepetitionInfo repetition) {
    Random random = new Random(repetition.getCurrentRepetition());
    List<String> parameters = new ArrayList<>(List.of("a=1", "b=2", "B", "%61=3", "c==", "d=x;y"));
    String sorted = SORTED.targetOf("/p?" + String.join("&", parameters));

    Collections.shuffle(parameters, random);

    assertThat(SORTED.targetOf("/p?" + String.join("&", parameters))).isEqualTo(sorted);
    assertThat(SORTED.targetOf(sorted)).as("once is enough").isEqualTo(sorted);
    assertThat(SORTED.targetOf("/p?" + String.join("&", parameters) + "&e")).isNotEqualTo(sorted);
  }

  @ParameterizedTest
  @CsvSource({
    "/p, /p",
    "/p?, /p?",
    "/p?utm_source=x, /p",
    "/p?a=1&utm_=&b=2&gclid, /p?a=1&b=2",
    "/p?a=1&&b, /p?a=1&&b",
    "/p?UTM_x=1, /p?UTM_x=1",
    "/p?%75tm_x=1, /p?%75tm_x=1",
    "/p?gclid2=1, /p?gclid2=1",
    "/p?utm_x=1;q=evil, /p?utm_x=1;q=evil",
    "/utm_x?b?utm_x, /utm_x?b?utm_x",
  })
  void ignoredParameters_areNoPartOfTheKey(String target, String key) {
    assertThat(IGNORING.targetOf(target)).isEqualTo(key);
  }

  @ParameterizedTest
  @CsvSource({
    "/p?b&a, /p?a&b",
    "/p?, /p",
    "/p?&b&&a&, /p?a&b",
    "/p?b=2&a=2&b=1, /p?a=2&b=2&b=1",
    "/p?a&A, /p?A&a",
  })
  void sorted_equalNamesKeepTheirOrderAndEmptyOnesGo(String target, String key) {
    assertThat(SORTED.targetOf(target)).isEqualTo(key);
  }

  @Test
  void headersOfTheKey_keepRequestsApart() {
    CacheKey key = BY_TENANT.keyOf("catalog", get("/p", "X-Tenant", "a,b"));
    assertThat(key.target()).isEqualTo("/p");
    assertThat(BY_TENANT.keyOf("catalog", get("/p", "x-tenant", "a , b", "X-Other", "1")))
        .as("white space around commas apart")
        .isEqualTo(key);
    assertThat(BY_TENANT.keyOf("catalog", get("/p", "X-Tenant", "a", "X-Tenant", "b")))
        .isEqualTo(key);
    assertThat(
            List.of(
                BY_TENANT.keyOf("catalog", get("/p")),
                BY_TENANT.keyOf("catalog", get("/p", "X-Tenant", "")),
                BY_TENANT.keyOf("catalog", get("/p", "X-Tenant", "-")),
                BY_TENANT.keyOf("catalog", get("/p", "Accept", "a,b")),
                BY_TENANT.keyOf("catalog", get("/p", "Accept", "-", "X-Tenant", "a,b")),
                BY_TENANT.keyOf("catalog", get("/p", "Accept", "3:a,b", "X-Tenant", "")),
                key))
        .doesNotHaveDuplicates();
  }

  @Test
  void credentials_keepRequestsApartAndAreNotInTheKey() {
    CacheKey key = BY_CREDENTIAL.keyOf("catalog", get("/p", "Authorization", "Bearer s3cret"));
    assertThat(key.discriminator()).isNotEmpty().doesNotContain("s3cret");
    assertThat(BY_CREDENTIAL.keyOf("catalog", get("/p", "authorization", "Bearer s3cret")))
        .isEqualTo(key);
    assertThat(
            List.of(
                BY_CREDENTIAL.keyOf("catalog", get("/p")),
                BY_CREDENTIAL.keyOf("catalog", get("/p", "Authorization", "Bearer other")),
                BY_CREDENTIAL.keyOf(
                    "catalog", get("/p", "Authorization", "Bearer ", "Authorization", "s3cret")),
                new KeyPolicy(List.of(), false, List.of(), KeyPolicy.secret(new byte[] {9}))
                    .keyOf("catalog", get("/p", "Authorization", "Bearer s3cret")),
                key))
        .doesNotHaveDuplicates();
  }

  @Test
  void key_showsNoneOfWhatKeepsItApart() {
    CacheKey key = BY_TENANT.keyOf("catalog", get("/p", "X-Tenant", "s3cret"));
    assertThat(key).hasToString("catalog /p …");
    assertThat(KeyPolicy.BY_TARGET.keyOf("catalog", get("/p"))).hasToString("catalog /p");
  }

  private static String target(Random random) {
    StringBuilder target = new StringBuilder("/");
    int length = random.nextInt(4);
    for (int i = 0; i < length; i++) {
      target.append(PIECES.get(random.nextInt(PIECES.size())));
    }
    return target.toString();
  }

  private static RequestHead get(String target, String... fields) {
    return new RequestHead("GET", target, Fields.of(fields), "1.1");
  }
}
