package dev.holdfast.policy;

import dev.holdfast.http.CacheKey;
import dev.holdfast.http.Fields;
import dev.holdfast.http.RequestHead;
import dev.holdfast.http.Selecting;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * What of a request makes its key, beside what {@code Vary} names.
 *
 * <p>With nothing configured that is the target, byte for byte: equal keys mean equal request
 * lines.
 *
 * @param ignoredParameters names of query parameters that do not count, compared byte for byte; a
 *     {@code *} at the end stands for any rest
 * @param sortedQuery whether parameters of different names may change places; those of one name
 *     keep their order
 * @param headers names of request fields that count, in lower case
 * @param credentials the secret by which {@code Authorization} counts, or {@code null} where it
 *     does not
 */
public record KeyPolicy(
    List<String> ignoredParameters,
    boolean sortedQuery,
    List<String> headers,
    @Nullable SecretKeySpec credentials) {

  /** The target alone. */
  public static final KeyPolicy BY_TARGET = new KeyPolicy(List.of(), false, List.of(), null);

  private static final String ALGORITHM = "HmacSHA256";

  /** A secret for {@code credentials}, made of random bytes. */
  public static SecretKeySpec secret(byte[] random) {
    return new SecretKeySpec(random, ALGORITHM);
  }

  /** The key of that request in that cache. */
  public CacheKey keyOf(String cache, RequestHead request) {
    return new CacheKey(cache, targetOf(request.target()), discriminatorOf(request.fields()));
  }

  /** What counts of a target: the target under which its responses are stored and invalidated. */
  public String targetOf(String target) {
    int query = target.indexOf('?');
    if (query < 0 || (ignoredParameters.isEmpty() && !sortedQuery)) {
      return target;
    }
    List<String> sent = Arrays.asList(target.substring(query + 1).split("&", -1));
    List<String> counted = new ArrayList<>(sent);
    counted.removeIf(parameter -> isIgnored(parameter) || (sortedQuery && parameter.isEmpty()));
    if (sortedQuery) {
      counted.sort(Comparator.comparing(KeyPolicy::nameOf)); // stable: equal names stay in order
    }
    String path = target.substring(0, query);
    return counted.isEmpty() ? path : path + "?" + String.join("&", counted);
  }

  /** One that a semicolon may make two of is never ignored: an origin may read the second. */
  private boolean isIgnored(String parameter) {
    if (parameter.isEmpty() || parameter.indexOf(';') >= 0) {
      return false;
    }
    String name = nameOf(parameter);
    return ignoredParameters.stream()
        .anyMatch(
            ignored ->
                ignored.endsWith("*")
                    ? name.startsWith(ignored.substring(0, ignored.length() - 1))
                    : name.equals(ignored));
  }

  private static String nameOf(String parameter) {
    int equals = parameter.indexOf('=');
    return equals < 0 ? parameter : parameter.substring(0, equals);
  }

  /** Different for different values: each is written with its length, an absent one without. */
  private String discriminatorOf(Fields request) {
    if (headers.isEmpty() && credentials == null) {
      return "";
    }
    StringBuilder text = new StringBuilder();
    for (String value : Selecting.by(headers, request).values()) {
      text.append(value == null ? "-" : value.length() + ":" + value).append(' ');
    }
    List<String> lines = request.all("Authorization");
    return credentials == null || lines.isEmpty()
        ? text.toString()
        : text.append(hashOf(lines, credentials)).toString();
  }

  /** All lines count, each apart from the next. */
  private static String hashOf(List<String> lines, SecretKeySpec secret) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(secret);
      for (String line : lines) {
        byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
        mac.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, bytes.length));
        mac.update(bytes);
      }
      return Base64.getEncoder().withoutPadding().encodeToString(mac.doFinal());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
    }
  }
}
