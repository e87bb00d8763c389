package dev.holdfast.config;

import java.util.List;
import org.springframework.http.server.PathContainer;
import org.springframework.web.util.pattern.PathPattern;

/**
 * One rule, checked and resolved.
 *
 * @param paths any of which has to match; empty for every path
 * @param statuses of responses that it is about; empty for all, and for the request
 * @param policy with what the origin says where the rule says nothing
 */
public record RuleSettings(List<PathPattern> paths, Statuses statuses, PolicySettings policy) {

  /** The rule that is about everything. */
  public static RuleSettings ofAll(PolicySettings policy) {
    return new RuleSettings(List.of(), Statuses.parse("", List.of()), policy);
  }

  /** Whether the origin's own path is one that the rule is about. */
  public boolean covers(PathContainer path) {
    return paths.isEmpty() || paths.stream().anyMatch(pattern -> pattern.matches(path));
  }

  /** Whether it is about responses of some statuses only, so that no request can show it. */
  public boolean isOfStatuses() {
    return !statuses.isEmpty();
  }
}
