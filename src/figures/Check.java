import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Asks a Prometheus each query of the dashboard and of the rules that it has loaded, until each has
 * given a number: {@code src/figures/with-load java -cp … Check.java}. Of an alert, which is empty
 * while all is well, each selector must find series.
 */
final class Check {

  private static final Duration AT_MOST = Duration.ofSeconds(100);
  private static final Path DASHBOARD = Path.of("helm/holdfast/dashboards/holdfast.json");
  private static final Pattern VALUES = Pattern.compile("label_values\\((.+), *(\\w+)\\)");

  /** A name with braces; or, without them, one as metrics and recording rules have it. */
  private static final Pattern SELECTOR =
      Pattern.compile(
          "\\b[a-z0-9_:]+\\{[^}]*}|\\b(?:holdfast_|process_|cache_|origin:|job:)[a-z0-9_:]+|\\bup\\b");

  /** Labels that are no metrics, whatever their names. */
  private static final Pattern LISTS = Pattern.compile("\\b(?:by|on|without|ignoring) \\([^)]*\\)");

  /** What the load is to have brought about, so that a figure is a figure of something. */
  private static final List<String> EVENTS =
      Stream.concat(
              Stream.of("hit", "stale", "revalidated", "miss", "collapsed", "passed", "error")
                  .map(result -> "holdfast_requests_seconds_count{result=\"" + result + "\"} > 0"),
              Stream.of(
                  "holdfast_fills_rescued_total > 0",
                  "holdfast_fills_seconds_count{result=\"timed_out\"} > 0",
                  "holdfast_fills_seconds_count{result=\"rejected\"} > 0",
                  "holdfast_callers_left_total{reason=\"timeout\"} > 0",
                  "holdfast_callers_left_total{reason=\"disconnect\"} > 0",
                  "cache_evictions_total > 0",
                  "max_over_time(resilience4j_circuitbreaker_state{state=\"open\"}[2m]) > 0",
                  "count(count by (origin) (holdfast_fills_in_flight)) > 2"))
          .toList();

  private final HttpClient client = HttpClient.newHttpClient();
  private final JsonMapper json = new JsonMapper();
  private final String prometheus;
  private final Set<String> answered = new HashSet<>();

  private Check(String prometheus) {
    this.prometheus = prometheus;
  }

  public static void main(String[] none) throws Exception {
    Check check = new Check(System.getenv("PROMETHEUS"));
    long deadline = System.nanoTime() + AT_MOST.toNanos();
    List<String> missing = List.of("nothing was asked");
    while (!missing.isEmpty() && System.nanoTime() < deadline) {
      Thread.sleep(500);
      missing = check.missing();
    }
    if (!missing.isEmpty()) {
      System.err.println("No value within " + AT_MOST.toSeconds() + " s:");
      missing.forEach(query -> System.err.println("  " + query));
      System.exit(1);
    }
  }

  /** The queries that have given no number yet, and what there is to say of why. */
  private List<String> missing() throws Exception {
    List<String> missing = new ArrayList<>();
    try {
      List<String> queries = new ArrayList<>(EVENTS);
      dashboard(queries);
      int ofDashboard = queries.size();
      rules(queries);
      for (String query : queries) {
        if (!answered.contains(query) && !hasValue(query)) {
          missing.add(query);
        } else {
          answered.add(query);
        }
      }
      if (missing.isEmpty()) {
        System.out.println(
            (ofDashboard - EVENTS.size())
                + " queries of the dashboard and "
                + (queries.size() - ofDashboard)
                + " of the rules give values");
      }
    } catch (IOException | IllegalStateException notYet) {
      missing.add(notYet.toString());
    }
    return missing;
  }

  private void dashboard(List<String> queries) throws Exception {
    JsonNode dashboard = json.readTree(Files.readString(DASHBOARD));
    Map<String, String> variables = variables(dashboard.at("/templating/list"));
    for (JsonNode panel : dashboard.get("panels")) {
      for (JsonNode target : panel.path("targets")) {
        queries.add(substituted(target.get("expr").asString(), variables));
      }
    }
  }

  /** Each variable with all of its values chosen, as Grafana writes that into a query. */
  private Map<String, String> variables(JsonNode list) throws Exception {
    Map<String, String> variables = new LinkedHashMap<>();
    variables.put("__rate_interval", "15s");
    variables.put("__range", "60s");
    for (JsonNode variable : list) {
      if (variable.get("type").asString().equals("query")) {
        String definition = variable.get("definition").asString();
        Matcher asked = VALUES.matcher(substituted(definition, variables));
        if (!asked.matches()) {
          throw new IllegalArgumentException(definition);
        }
        String values =
            get("/api/v1/label/" + asked.group(2) + "/values?match[]=", asked.group(1))
                .valueStream()
                .map(value -> value.asString().replaceAll("[.]", "\\\\\\\\."))
                .collect(Collectors.joining("|", "(", ")"));
        if (values.equals("()")) {
          throw new IllegalStateException(definition + " gives no values");
        }
        variables.put(variable.get("name").asString(), values);
      }
    }
    return variables;
  }

  private static String substituted(String query, Map<String, String> variables) {
    String written = query;
    for (Map.Entry<String, String> variable : variables.entrySet()) {
      written = written.replace("$" + variable.getKey(), variable.getValue());
    }
    if (written.contains("$")) {
      throw new IllegalArgumentException("a variable that nobody has: " + written);
    }
    return written;
  }

  private void rules(List<String> queries) throws Exception {
    for (JsonNode group : get("/api/v1/rules", "").get("groups")) {
      for (JsonNode rule : group.get("rules")) {
        if (!rule.get("health").asString().equals("ok")) {
          throw new IllegalStateException(rule.get("name") + " " + rule.path("lastError"));
        }
        if (rule.get("type").asString().equals("recording")) {
          queries.add(rule.get("name").asString());
        } else {
          selectors(rule.get("query").asString()).forEach(queries::add);
        }
      }
    }
  }

  private static Stream<String> selectors(String query) {
    String bare = LISTS.matcher(query).replaceAll("");
    return SELECTOR.matcher(bare).results().map(found -> found.group());
  }

  private boolean hasValue(String query) throws Exception {
    return get("/api/v1/query?query=", query)
        .get("result")
        .valueStream()
        .anyMatch(series -> !series.at("/value/1").asString().equals("NaN"));
  }

  private JsonNode get(String path, String query) throws Exception {
    String encoded = URLEncoder.encode(query, StandardCharsets.UTF_8);
    URI asked = URI.create(prometheus + path.replace("[]", "%5B%5D") + encoded);
    String answer =
        client.send(HttpRequest.newBuilder(asked).build(), BodyHandlers.ofString()).body();
    JsonNode read = json.readTree(answer);
    if (!read.get("status").asString().equals("success")) {
      throw new IllegalArgumentException(query + ": " + read.path("error"));
    }
    return read.get("data");
  }
}
