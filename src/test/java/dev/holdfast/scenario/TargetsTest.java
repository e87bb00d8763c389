package dev.holdfast.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Targets that other servers take for each other, from a caller's line to the origin's. */
class TargetsTest {

  private static final List<String> PIECES =
      List.of(
          "/", "a", "A", "%61", "%2F", "%2f", ";", "?", "&", "=", "x=1", "//", "/./", "/a/../", "+",
          "%20", "%00", "%3f", "%3b", "%2e", "@", ":", "!", "~", "%C3%A9", ",", "'", "%5c");

  /** What is stored for a target is the answer to that very request line, and to no other. */
  @Test
  void anyTarget_isStoredByItsOwnLineAlone() {
    try (var origin = new ScriptedOrigin();
        var holdfast = Holdfast.inFrontOf(origin, "caller-timeout=20s", "default-ttl=1h");
        var caller = holdfast.caller()) {
      origin.otherwise(exchange -> exchange.ok(exchange.request().target()));
      Set<String> targets = targets(new Random(7230));

      for (String target : targets) {
        assertThat(caller.exchange("GET", "/catalog" + target).text()).isEqualTo(target);
      }
      assertThat(origin.requestsTotal()).as("all are missing").isEqualTo(targets.size());
      for (String target : targets) {
        var hit = caller.exchange("GET", "/catalog" + target);
        assertThat(hit.text()).isEqualTo(target);
        assertThat(hit.header("Cache-Status")).as(target).contains(";hit;");
      }
      assertThat(origin.requestsTotal()).as("all are stored").isEqualTo(targets.size());
    }
  }

  private static Set<String> targets(Random random) {
    Set<String> targets = new TreeSet<>();
    while (targets.size() < 200) {
      StringBuilder target = new StringBuilder("/a");
      for (int left = random.nextInt(5); left > 0; left--) {
        target.append(PIECES.get(random.nextInt(PIECES.size())));
      }
      targets.add(target.toString());
    }
    return targets;
  }
}
