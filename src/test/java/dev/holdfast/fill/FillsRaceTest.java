package dev.holdfast.fill;

import static dev.holdfast.fill.RacedFills.check;

import dev.holdfast.testing.Race;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** The table of fills, two steps against each other on real threads (laws 1, 4 and 5). */
class FillsRaceTest {

  private static final int ROUNDS = 2_000;

  @Test
  void callersComeAtOnce_oneFetchesAndTheOthersJoin() {
    Race.of(ROUNDS, RacedFills::new)
        .with(RacedFills::join)
        .with(RacedFills::join)
        .with(RacedFills::join)
        .check(
            table -> {
              check(table.sent.size() == 1, "fetched more than once");
              table.letIn(1).head(1).complete(1);
              check(table.callers.stream().allMatch(RacedFills.Caller::isAnswered), "not answered");
              check(table.callers.size() == 3, "found in the store before it was there");
              table.nothingIsLeft();
            });
  }

  @Test
  void callerComesAsTheFillEnds_joinsItOrFindsItStored_andNeverFetches() {
    Race.of(ROUNDS, () -> started().letIn(1).head(1))
        .with(table -> table.complete(1))
        .with(
            table -> {
              for (int i = 0; i < 3; i++) {
                table.join();
              }
            })
        .check(
            table -> {
              check(table.sent.size() == 1, "what was just stored is fetched again");
              check(table.isStored(), "not stored");
              check(table.callers.stream().allMatch(RacedFills.Caller::isAnswered), "not answered");
              table.nothingIsLeft();
            });
  }

  @Test
  void lastCallerLeavesAsTheFillEnds_responseIsStoredAllTheSame() {
    Race.of(ROUNDS, () -> started().letIn(1).head(1))
        .with(table -> table.complete(1))
        .with(table -> table.callers.get(0).attachment.leave())
        .check(
            table -> {
              check(table.isStored(), "a lost write");
              check(table.ended.get() == 1, "not counted once");
              table.nothingIsLeft();
            });
  }

  @Test
  void lastCallerLeavesWhatIsNotStoredAsItEnds_fillIsCountedOnce() {
    Race.of(ROUNDS, () -> started().letIn(1).head(1, "no-store"))
        .with(table -> table.complete(1))
        .with(table -> table.callers.get(0).attachment.leave())
        .check(
            table -> {
              check(table.ended.get() == 1, "not counted once");
              table.nothingIsLeft();
            });
  }

  @Test
  void callerGoesWhileItReads_noBufferIsKept() {
    Race.of(ROUNDS, () -> started().letIn(1).head(1))
        .with(table -> table.complete(1))
        .with(table -> table.callers.get(0).reading.dispose())
        .check(
            table -> {
              check(table.isStored(), "a lost write");
              table.nothingIsLeft();
            });
  }

  @Test
  void lastCallerLeavesTheLineAsAnotherComes_theOtherIsAnswered() {
    Race.of(ROUNDS, FillsRaceTest::started)
        .with(table -> table.callers.get(0).attachment.leave())
        .with(RacedFills::join)
        .check(
            table -> {
              RacedFills.Caller other = table.callers.get(1);
              int fetch = other.attachment.isCollapsed() ? 1 : 2;
              check(table.sent.size() == fetch, "fetches");
              table.letIn(fetch).head(fetch).complete(fetch);
              check(other.isAnswered(), "attached to a fill that was given up");
              check(table.isStored(), "not stored");
              table.nothingIsLeft();
            });
  }

  @Test
  void lastCallerLeavesTheLineAsItIsLetIn_responseIsStoredOrNothingWasSent() {
    Race.of(ROUNDS, FillsRaceTest::started)
        .with(table -> table.callers.get(0).attachment.leave())
        .with(table -> table.isLetIn(1))
        .check(
            table -> {
              boolean givenUp = table.ended.get() == 1;
              if (!givenUp) {
                table.head(1).complete(1);
              }
              check(table.isStored() != givenUp, "given up and stored, or neither");
              table.nothingIsLeft();
            });
  }

  @Test
  void lastCallerLeavesTheLineAsItIsLetInAndAnswered_isStoredAndCountedSo_orGivenUp() {
    Race.of(ROUNDS, FillsRaceTest::started)
        .with(table -> table.callers.get(0).attachment.leave())
        .with(
            table -> {
              if (table.isLetIn(1)) {
                table.head(1).complete(1);
              }
            })
        .check(
            table -> {
              boolean givenUp = table.outcome instanceof FillOutcome.Abandoned;
              check(table.isStored() != givenUp, "given up and stored, or neither");
              table.nothingIsLeft();
            });
  }

  private static RacedFills started() {
    RacedFills table = new RacedFills();
    Objects.requireNonNull(table.join());
    return table;
  }
}
