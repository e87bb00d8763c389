package dev.holdfast.service;

import dev.holdfast.config.AbandonedFills;
import dev.holdfast.config.Authorization;
import dev.holdfast.config.Cookies;
import dev.holdfast.config.PolicySettings;
import dev.holdfast.config.RuleSettings;
import dev.holdfast.policy.CachePolicy;
import dev.holdfast.policy.Terms;
import java.util.List;

/**
 * Terms that differ by status.
 *
 * @param otherwise what holds for a status that no rule names
 * @param rules in their order: the first that names the status holds
 */
record StatusTerms(OfRule otherwise, List<OfRule> rules) implements Terms {

  /**
   * What one rule, or the origin itself, says of responses.
   *
   * @param rule which
   */
  record OfRule(RuleSettings rule, CachePolicy policy) {

    /**
     * @param request what holds for the request, on which it depends too what may be stored
     */
    static OfRule of(RuleSettings rule, PolicySettings request) {
      PolicySettings response = rule.policy();
      CachePolicy policy =
          new CachePolicy(
              response.defaultTtl(),
              response.overrideTtl(),
              response.heuristicFreshness() ? response.maxHeuristicTtl() : null,
              response.ignoredDirectives(),
              request.cookies() == Cookies.PRIVATE,
              request.authorization() == Authorization.PER_CREDENTIAL,
              response.staleWhileRevalidate(),
              response.staleIfError());
      return new OfRule(rule, policy);
    }
  }

  @Override
  public CachePolicy policyFor(int status) {
    return ruleFor(status).policy();
  }

  @Override
  public long maxStoredBodyBytes(int status) {
    return ruleFor(status).rule().policy().maxStoredBodyBytes();
  }

  @Override
  public boolean bypass() {
    return otherwise.rule().policy().bypass();
  }

  @Override
  public boolean finishesAbandoned() {
    return otherwise.rule().policy().abandonedFills() == AbandonedFills.COMPLETE;
  }

  /** A part is stored as the whole is that it is of. */
  private OfRule ruleFor(int status) {
    int ofTheWhole = status == 206 ? 200 : status;
    for (OfRule rule : rules) {
      if (rule.rule().statuses().contains(ofTheWhole)) {
        return rule;
      }
    }
    return otherwise;
  }
}
