package dev.holdfast.purge;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.holdfast.config.HoldfastProperties;
import dev.holdfast.config.Time;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Who may purge: whoever has one of the configured tokens (RFC 6750).
 *
 * <p>Comparing takes the same time whatever is compared. An address from which {@value
 * #MAX_FAILURES} were wrong within a minute has none looked at for the rest of that. Safe for use
 * by several threads.
 */
@Component
public final class Tokens {

  /** So many wrong ones may come from one address before it is blocked. */
  private static final int MAX_FAILURES = 10;

  private static final Duration BLOCKED_FOR = Duration.ofMinutes(1);

  private static final Logger log = LoggerFactory.getLogger(Tokens.class);

  /** Addresses that are told apart at once; past it the oldest begin anew. */
  private static final int MAX_ADDRESSES = 10_000;

  private static final String SCHEME = "Bearer ";
  private static final HexFormat HEX = HexFormat.of();

  private final List<byte[]> hashes;
  private final Cache<String, AtomicInteger> failures;

  Tokens(HoldfastProperties properties, Time time) {
    this.hashes = properties.purge().tokens().stream().map(Tokens::hash).toList();
    this.failures =
        Caffeine.newBuilder()
            .maximumSize(MAX_ADDRESSES)
            .expireAfterWrite(BLOCKED_FOR)
            .ticker(time::nanos)
            .executor(Runnable::run)
            .build();
  }

  /**
   * Whether a request may purge.
   *
   * @param authorization its {@code Authorization} lines
   * @param from where it comes from
   */
  public Access check(List<String> authorization, InetAddress from) {
    if (hashes.isEmpty()) {
      return new Access.Off();
    }
    AtomicInteger failed = failures.get(network(from), first -> new AtomicInteger());
    if (failed.get() >= MAX_FAILURES) {
      return new Access.Blocked(BLOCKED_FOR);
    }
    byte[] known = known(authorization);
    if (known.length > 0) {
      return new Access.Granted(HEX.formatHex(known, 0, 4));
    }
    if (failed.incrementAndGet() == MAX_FAILURES) {
      log.warn(
          "event=purge-blocked from={} seconds={}", from.getHostAddress(), BLOCKED_FOR.toSeconds());
    }
    boolean tried = !authorization.isEmpty();
    String reason = tried ? "wrong-token" : "no-token";
    log.warn("event=purge-denied from={} reason={}", from.getHostAddress(), reason);
    return new Access.Denied(tried);
  }

  /** The hash of the token if it is one of ours, else nothing; always compared with all of them. */
  private byte[] known(List<String> authorization) {
    boolean isOne = authorization.size() == 1;
    String line = isOne ? authorization.get(0) : "";
    boolean isBearer = line.regionMatches(true, 0, SCHEME, 0, SCHEME.length());
    byte[] hash = hash(isBearer ? line.substring(SCHEME.length()).strip() : "");
    boolean known = false;
    for (byte[] own : hashes) {
      known |= MessageDigest.isEqual(own, hash);
    }
    return known ? hash : new byte[0];
  }

  /** One subscriber has a whole network of IPv6 addresses. */
  private static String network(InetAddress address) {
    byte[] bytes = address.getAddress();
    return HEX.formatHex(address instanceof Inet6Address ? Arrays.copyOf(bytes, 8) : bytes);
  }

  private static byte[] hash(String token) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
