package dev.holdfast.config;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** From policy properties as written to ones that work, what is not written being inherited. */
record PolicyResolver(String group, PolicySettings inherited) {

  PolicySettings resolve(RuleProperties written) {
    return new PolicySettings(
        written.bypass(),
        positive("caller-timeout", written.callerTimeout(), inherited.callerTimeout(), "2s"),
        positive("fetch-timeout", written.fetchTimeout(), inherited.fetchTimeout(), "30s"),
        or(written.abandonedFills(), inherited.abandonedFills()),
        notNegative("default-ttl", written.defaultTtl(), inherited.defaultTtl(), "60s"),
        written.overrideTtl() == null
            ? inherited.overrideTtl()
            : Require.notNegative(group + ".override-ttl", written.overrideTtl(), "60s"),
        or(written.heuristicFreshness(), inherited.heuristicFreshness()),
        positive("max-heuristic-ttl", written.maxHeuristicTtl(), inherited.maxHeuristicTtl(), "1h"),
        map(written.ignoreResponseDirectives(), this::directives, inherited.ignoredDirectives()),
        or(written.authorization(), inherited.authorization()),
        or(written.cookies(), inherited.cookies()),
        notNegative(
            "stale-while-revalidate",
            written.staleWhileRevalidate(),
            inherited.staleWhileRevalidate(),
            "30s"),
        notNegative("stale-if-error", written.staleIfError(), inherited.staleIfError(), "1h"),
        map(
            written.maxStoredBody(),
            size -> Require.positive(group + ".max-stored-body", size, "8MB").toBytes(),
            inherited.maxStoredBodyBytes()),
        written.key() == null ? inherited.key() : key(written.key()));
  }

  private KeySettings key(RuleProperties.Key written) {
    KeySettings other = inherited.key();
    return new KeySettings(
        map(written.ignoredQueryParameters(), this::parameters, other.ignoredQueryParameters()),
        or(written.sortedQuery(), other.sortedQuery()),
        map(
            written.headers(),
            names -> List.copyOf(RequestHeaders.keyed(group + ".key.headers", names)),
            other.headers()));
  }

  private Set<String> directives(List<String> written) {
    Set<String> names = new TreeSet<>();
    for (String directive : written) {
      String name = directive.toLowerCase(Locale.ROOT);
      String problem = problemOfDirective(name);
      if (problem != null) {
        throw new InvalidConfigurationException(
            group + ".ignore-response-directives",
            directive,
            problem,
            "Write names of Cache-Control directives, such as "
                + group
                + ".ignore-response-directives=no-store,no-cache.");
      }
      names.add(name);
    }
    return Set.copyOf(names);
  }

  private static @Nullable String problemOfDirective(String name) {
    if (name.equals("private")) {
      return "a response that says 'private' is one caller's own, and is never given to another";
    }
    return RequestHeaders.isToken(name)
        ? null
        : "it is not a directive's name (which has no '=' and no value)";
  }

  private List<String> parameters(List<String> written) {
    for (String name : written) {
      boolean plain = name.chars().allMatch(c -> c > ' ' && c < 0x7f && "&=;#?".indexOf(c) < 0);
      int star = name.indexOf('*');
      if (name.isEmpty() || !plain || (star >= 0 && star < name.length() - 1)) {
        throw new InvalidConfigurationException(
            group + ".key.ignored-query-parameters",
            name,
            "it is neither a parameter's name as it is sent nor the beginning of one with a '*'"
                + " after it",
            "Write names such as "
                + group
                + ".key.ignored-query-parameters=utm_*,gclid, without '=', '&' or ';'.");
      }
    }
    return List.copyOf(written);
  }

  private Duration positive(String name, @Nullable Duration written, Duration other, String ex) {
    UnaryOperator<Duration> check = value -> Require.positive(group + "." + name, value, ex);
    return map(written, check, other);
  }

  private Duration notNegative(String name, @Nullable Duration written, Duration other, String ex) {
    UnaryOperator<Duration> check = value -> Require.notNegative(group + "." + name, value, ex);
    return map(written, check, other);
  }

  private static <T> T or(@Nullable T written, T inherited) {
    return written == null ? inherited : written;
  }

  private static <T, R> R map(@Nullable T written, Function<T, R> check, R inherited) {
    return written == null ? inherited : check.apply(written);
  }
}
