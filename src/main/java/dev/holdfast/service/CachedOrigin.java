package dev.holdfast.service;

import dev.holdfast.config.OriginSettings;
import dev.holdfast.origin.Origin;
import dev.holdfast.policy.CachePolicy;

/** One origin with the policy under which its responses are cached, resolved once at the start. */
public record CachedOrigin(OriginSettings settings, Origin origin, CachePolicy policy) {}
