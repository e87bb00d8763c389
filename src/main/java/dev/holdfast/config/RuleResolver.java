package dev.holdfast.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;
import org.springframework.web.util.pattern.PatternParseException;

/** From rules as written to ones that work, or a refusal that names the property. */
final class RuleResolver {

  private RuleResolver() {}

  /**
   * @param property the rules' own, without an index
   */
  static List<RuleSettings> resolve(
      String property, List<RuleProperties> rules, PolicySettings origin) {
    return IntStream.range(0, rules.size())
        .mapToObj(i -> resolve(property + "[" + i + "]", rules.get(i), origin))
        .toList();
  }

  private static RuleSettings resolve(String group, RuleProperties rule, PolicySettings origin) {
    if (!rule.statuses().isEmpty()) {
      refuseOfRequests(group, rule);
    }
    return new RuleSettings(
        rule.paths().stream().map(path -> pattern(group + ".paths", path)).toList(),
        Statuses.parse(group + ".statuses", rule.statuses()),
        new PolicyResolver(group, origin).resolve(rule));
  }

  private static PathPattern pattern(String property, String written) {
    String problem = "a path pattern starts with '/'";
    try {
      if (written.startsWith("/")) {
        return PathPatternParser.defaultInstance.parse(written);
      }
    } catch (PatternParseException e) {
      problem = "it is not a path pattern: " + e.getMessage();
    }
    throw new InvalidConfigurationException(
        property,
        written,
        problem,
        "Write patterns of the origin's own paths, such as "
            + property
            + "=/items/**,/users/{id}.");
  }

  /** What is needed before there is a response cannot depend on its status. */
  private static void refuseOfRequests(String group, RuleProperties rule) {
    Map<String, @Nullable Object> ofRequests = new LinkedHashMap<>();
    ofRequests.put("bypass", rule.bypass() ? true : null);
    ofRequests.put("caller-timeout", rule.callerTimeout());
    ofRequests.put("fetch-timeout", rule.fetchTimeout());
    ofRequests.put("abandoned-fills", rule.abandonedFills());
    ofRequests.put("authorization", rule.authorization());
    ofRequests.put("cookies", rule.cookies());
    ofRequests.put("key", rule.key());
    ofRequests.forEach(
        (name, value) -> {
          if (value != null) {
            throw new InvalidConfigurationException(
                group + "." + name,
                null,
                "the rule has statuses, and this has to be known before there is a response",
                "Write it in a rule without " + group + ".statuses, or leave it out.");
          }
        });
  }
}
