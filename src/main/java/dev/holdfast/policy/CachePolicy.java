package dev.holdfast.policy;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What the configuration of one origin says where RFC 9111 leaves a choice.
 *
 * @param defaultTtl freshness lifetime of a storable response that says nothing about its own
 * @param overrideTtl freshness lifetime of every storable response, or {@code null}
 * @param privateCookies whether cookies are treated like credentials
 */
public record CachePolicy(
    Duration defaultTtl, @Nullable Duration overrideTtl, boolean privateCookies) {}
