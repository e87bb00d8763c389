package dev.holdfast.service;

import dev.holdfast.config.Cookies;
import dev.holdfast.config.OriginSettings;
import dev.holdfast.config.Origins;
import dev.holdfast.origin.OriginTable;
import dev.holdfast.policy.CachePolicy;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The origins that callers can reach, by path. */
@Component
public final class CachedOrigins {

  private final Origins origins;
  private final Map<String, CachedOrigin> byName = new HashMap<>();

  CachedOrigins(Origins origins, OriginTable table) {
    this.origins = origins;
    for (OriginSettings settings : origins.all()) {
      CachePolicy policy =
          new CachePolicy(
              settings.defaultTtl(),
              settings.overrideTtl(),
              null,
              Set.of(),
              settings.cookies() == Cookies.PRIVATE,
              false,
              Duration.ZERO,
              Duration.ZERO);
      byName.put(settings.name(), new CachedOrigin(settings, table.named(settings.name()), policy));
    }
  }

  /** The origin whose prefix is the longest that covers the path, or {@code null}. */
  public @Nullable CachedOrigin match(String rawPath) {
    OriginSettings settings = origins.match(rawPath);
    return settings == null ? null : byName.get(settings.name());
  }
}
