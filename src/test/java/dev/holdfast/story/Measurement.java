package dev.holdfast.story;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.story.Callers.End;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.IntStream;

/** Plays the story's scenes with one design, each against a new origin and a new cache. */
class Measurement {

  static final int KEYS = 20;

  private static final List<String> EACH_KEY =
      IntStream.range(0, KEYS).mapToObj(nth -> "key" + nth).toList();
  private static final List<String> TEN_TIMES_ONE_KEY = Collections.nCopies(10, "key");

  private final Function<StoryOrigin, Design> design;

  Measurement(Function<StoryOrigin, Design> design) {
    this.design = design;
  }

  /**
   * @param fetchesOfOneKey how many fetches ten callers of one key set off at once: the scenes wait
   *     for as many before they go on, and count them in the end
   */
  Losses take(int fetchesOfOneKey) {
    return new Losses(
        storedWhen(callers -> {}),
        KEYS - storedWhen(Callers::allTimeOut),
        KEYS - storedWhen(Callers::allHangUp),
        impatient(fetchesOfOneKey),
        firstLeaves(fetchesOfOneKey),
        staleAfterEvict());
  }

  private int storedWhen(Consumer<Callers> leave) {
    try (var origin = new StoryOrigin();
        var cache = design.apply(origin)) {
      var callers = new Callers(cache, EACH_KEY);
      origin.awaitRequests(KEYS);
      leave.accept(callers);
      end(origin, callers, cache);
      assertThat(origin.requests()).isEqualTo(KEYS);
      return stored(cache);
    }
  }

  private Losses.Impatient impatient(int fetches) {
    try (var origin = new StoryOrigin();
        var cache = design.apply(origin)) {
      var callers = new Callers(cache, TEN_TIMES_ONE_KEY);
      origin.awaitRequests(fetches);
      callers.allTimeOut();
      end(origin, callers, cache);
      return new Losses.Impatient(origin.requests(), cache.stored("key") != null);
    }
  }

  private Losses.FirstLeaves firstLeaves(int fetches) {
    try (var origin = new StoryOrigin();
        var cache = design.apply(origin)) {
      var callers = new Callers(cache, TEN_TIMES_ONE_KEY);
      origin.awaitRequests(fetches);
      callers.firstHangsUp();
      var ends = end(origin, callers, cache);
      var others = ends.subList(1, ends.size());
      return new Losses.FirstLeaves(
          origin.requests(),
          Collections.frequency(others, End.ANSWERED),
          Collections.frequency(others, End.CANCELLED));
    }
  }

  private int staleAfterEvict() {
    try (var origin = new StoryOrigin();
        var cache = design.apply(origin)) {
      var callers = new Callers(cache, EACH_KEY);
      origin.awaitRequests(KEYS);
      EACH_KEY.forEach(cache::evict);
      end(origin, callers, cache);
      return stored(cache);
    }
  }

  /** Lets the origin answer, and waits until nothing is left to happen. */
  private static List<End> end(StoryOrigin origin, Callers callers, Design cache) {
    origin.release();
    var ends = callers.ends();
    cache.settle();
    return ends;
  }

  private static int stored(Design cache) {
    return (int) EACH_KEY.stream().filter(key -> cache.stored(key) != null).count();
  }
}
