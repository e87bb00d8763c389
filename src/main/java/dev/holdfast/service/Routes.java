package dev.holdfast.service;

import dev.holdfast.config.Authorization;
import dev.holdfast.config.OriginSettings;
import dev.holdfast.config.PolicySettings;
import dev.holdfast.config.RuleSettings;
import dev.holdfast.http.TargetPath;
import dev.holdfast.origin.Origin;
import dev.holdfast.policy.KeyPolicy;
import dev.holdfast.service.StatusTerms.OfRule;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.http.server.PathContainer;

/** One origin's rules, resolved for every path that they tell apart; immutable. */
final class Routes {

  /** One that all requests take which no other takes, or which one rule is about. */
  private record Route(RuleSettings rule, CachedOrigin plain, List<OfRule> ofStatuses) {

    /** As the rules for statuses have it that are about the path, too. */
    CachedOrigin with(List<RuleSettings> rules) {
      if (rules.isEmpty()) {
        return plain;
      }
      List<OfRule> matched =
          ofStatuses.stream().filter(candidate -> rules.contains(candidate.rule())).toList();
      StatusTerms terms = (StatusTerms) plain.terms();
      return new CachedOrigin(
          plain.settings(),
          plain.origin(),
          plain.callerTimeout(),
          plain.keys(),
          new StatusTerms(terms.otherwise(), matched));
    }
  }

  private final List<RuleSettings> rules;
  private final boolean tellPathsApart;
  private final List<Route> routes = new ArrayList<>();
  private final CachedOrigin bypassing;

  /**
   * @param origins the origin under a policy: what is fetched depends on that
   * @param secret by which credentials are hashed
   */
  Routes(OriginSettings settings, Function<PolicySettings, Origin> origins, SecretKeySpec secret) {
    this.rules = settings.rules();
    this.tellPathsApart = rules.stream().anyMatch(rule -> !rule.paths().isEmpty());
    RuleSettings whole = RuleSettings.ofAll(settings.policy());
    List<RuleSettings> ofRequests = new ArrayList<>(rules);
    ofRequests.removeIf(RuleSettings::isOfStatuses);
    ofRequests.add(whole);
    for (RuleSettings rule : ofRequests) {
      routes.add(route(settings, rule, origins.apply(rule.policy()), secret));
    }
    PolicySettings policy = settings.policy().bypassed();
    this.bypassing =
        route(settings, RuleSettings.ofAll(policy), origins.apply(policy), secret).plain();
  }

  private Route route(
      OriginSettings settings, RuleSettings rule, Origin origin, SecretKeySpec secret) {
    PolicySettings policy = rule.policy();
    OfRule own = OfRule.of(rule, policy);
    List<OfRule> ofStatuses =
        rules.stream()
            .filter(RuleSettings::isOfStatuses)
            .map(other -> OfRule.of(other, policy))
            .toList();
    CachedOrigin plain =
        new CachedOrigin(
            settings,
            origin,
            policy.callerTimeout(),
            new KeyPolicy(
                policy.key().ignoredQueryParameters(),
                policy.key().sortedQuery(),
                policy.key().headers(),
                policy.authorization() == Authorization.PER_CREDENTIAL ? secret : null),
            new StatusTerms(own, List.of()));
    return new Route(rule, plain, ofStatuses);
  }

  /**
   * What holds for requests of that path.
   *
   * @param path the origin's own, as sent. Where rules tell paths apart, one that the origin may
   *     read as another is neither looked up nor stored.
   */
  CachedOrigin of(String path) {
    Route last = routes.get(routes.size() - 1);
    if (rules.isEmpty()) {
      return last.plain();
    }
    if (tellPathsApart && TargetPath.isAmbiguous(path)) {
      return bypassing;
    }
    PathContainer parsed = PathContainer.parsePath(path);
    List<RuleSettings> ofStatuses = new ArrayList<>(0);
    int route = 0;
    for (RuleSettings rule : rules) {
      boolean covers = rule.covers(parsed);
      if (rule.isOfStatuses()) {
        if (covers) {
          ofStatuses.add(rule);
        }
      } else if (covers) {
        return routes.get(route).with(ofStatuses);
      } else {
        route++;
      }
    }
    return last.with(ofStatuses);
  }
}
