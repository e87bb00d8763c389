package dev.holdfast.story;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.story.Losses.FirstLeaves;
import dev.holdfast.story.Losses.Impatient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Every design, and exactly what it loses; the table as measured is in {@code target/story.md}. */
class StoryTest {

  private static final int ALL = Measurement.KEYS;
  private static final Logger log = LoggerFactory.getLogger(StoryTest.class);
  private static final StringBuilder TABLE = new StringBuilder(Losses.HEAD);

  static final List<Row> ROWS =
      List.of(
          new Row(
              "look up, WebClient, doOnNext(put)",
              NaiveDesign::eachForItself,
              new Losses(ALL, ALL, ALL, lost(10), new FirstLeaves(10, 9, 0), ALL)),
          new Row(
              "@Cacheable on a Mono",
              SpringCacheDesign::plain,
              new Losses(ALL, ALL, ALL, lost(10), new FirstLeaves(10, 9, 0), ALL)),
          new Row(
              "@Cacheable(sync = true), null values allowed",
              SpringCacheDesign::sync,
              new Losses(ALL, 0, 0, kept(1), new FirstLeaves(1, 9, 0), 0)),
          new Row(
              "@Cacheable(sync = true), no null values",
              SpringCacheDesign::syncWithoutNullValues,
              new Losses(ALL, ALL, ALL, lost(1), new FirstLeaves(1, 0, 9), 0)),
          new Row(
              "Mono.fromFuture(cache.retrieve(…))",
              SpringCacheDesign::fromFuture,
              new Losses(ALL, ALL, ALL, lost(1), new FirstLeaves(1, 0, 9), 0)),
          new Row(
              "Mono.fromFuture(cache.retrieve(…), true)",
              SpringCacheDesign::fromFutureUncancelled,
              new Losses(ALL, 0, 0, kept(1), new FirstLeaves(1, 9, 0), 0)),
          new Row(
              "map of Mono.cache()",
              NaiveDesign::mapOfCachedMonos,
              new Losses(ALL, 0, 0, kept(1), new FirstLeaves(1, 9, 0), ALL)),
          new Row(
              "map of Mono.share()",
              NaiveDesign::mapOfSharedMonos,
              new Losses(ALL, ALL, ALL, lost(1), new FirstLeaves(1, 9, 0), ALL)),
          new Row(
              "Holdfast",
              HoldfastDesign::new,
              new Losses(ALL, 0, 0, kept(1), new FirstLeaves(1, 9, 0), 0)));

  @ParameterizedTest
  @FieldSource("ROWS")
  void design_losesExactlyWhatTheTableSays(Row row) {
    var measured = new Measurement(row.design).take(row.expected.impatient().fetches());

    TABLE.append(measured.row(row.name));
    assertThat(measured).isEqualTo(row.expected);
  }

  @AfterAll
  static void writeTable() throws IOException {
    Files.writeString(Path.of("target", "story.md"), TABLE);
    log.info("The story:\n{}", TABLE);
  }

  private static Impatient lost(int fetches) {
    return new Impatient(fetches, false);
  }

  private static Impatient kept(int fetches) {
    return new Impatient(fetches, true);
  }

  /** A design, how to make one in front of an origin, and what it must be measured to lose. */
  record Row(String name, Function<StoryOrigin, Design> design, Losses expected) {
    @Override
    public String toString() {
      return name;
    }
  }
}
