package dev.holdfast.service;

import dev.holdfast.config.OriginSettings;
import dev.holdfast.config.Origins;
import dev.holdfast.http.TargetPath;
import dev.holdfast.origin.OriginTable;
import dev.holdfast.policy.KeyPolicy;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.Map;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The origins that callers can reach, by path, with what holds for each path. */
@Component
public final class CachedOrigins {

  private final Origins origins;
  private final Map<String, Routes> byName = new HashMap<>();

  CachedOrigins(Origins origins, OriginTable table) {
    this.origins = origins;
    byte[] random = new byte[32];
    new SecureRandom().nextBytes(random);
    SecretKeySpec secret = KeyPolicy.secret(random);
    for (OriginSettings settings : origins.all()) {
      String name = settings.name();
      byName.put(name, new Routes(settings, policy -> table.named(name, policy), secret));
    }
  }

  /**
   * The origin whose prefix is the longest that covers the path, as its rules have it for that
   * path; or {@code null}.
   *
   * @param rawPath as received, without query and not decoded
   */
  public @Nullable CachedOrigin match(String rawPath) {
    OriginSettings settings = origins.match(rawPath);
    return settings == null ? null : routes(settings.name()).of(settings.ownPath(rawPath));
  }

  /** Whether the configuration declares an origin of that name. */
  public boolean isDeclared(String name) {
    return byName.containsKey(name);
  }

  /**
   * An origin as its rules have it for a target.
   *
   * @param name of an origin that the configuration declares
   * @param target the origin's own path and query
   */
  public CachedOrigin of(String name, String target) {
    return routes(name).of(TargetPath.of(target));
  }

  private Routes routes(String name) {
    Routes routes = byName.get(name);
    if (routes == null) {
      throw new IllegalArgumentException("no origin is named " + name);
    }
    return routes;
  }
}
