package dev.holdfast.fill;

import static dev.holdfast.fill.FillStage.KEY;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.springcache.CacheOverStore;
import dev.holdfast.store.Scope;
import dev.holdfast.store.Store;
import dev.holdfast.testing.TestOrigins;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.cache.Cache;
import reactor.core.scheduler.Schedulers;

/**
 * An invalidation comes at each moment of a fill, in each form, and a request right after it: that
 * one never gets the old response, not by joining, not from the store, not later (law 2).
 */
class InvalidationMatrixTest {

  /** What is invalidated. */
  enum Form {
    TARGET,
    PREFIX,
    TAG,
    EVERYTHING,
    EVICT,
    CLEAR,
    /** Might be a tag of what is in flight, so that this is not joined; but it may be stored. */
    OTHER_TAG,
    OTHER_TARGET,
    OTHER_PREFIX,
    OTHER_CACHE,
    NOTHING;

    boolean covers() {
      return switch (this) {
        case TARGET, PREFIX, TAG, EVERYTHING, EVICT, CLEAR -> true;
        case OTHER_TAG, OTHER_TARGET, OTHER_PREFIX, OTHER_CACHE, NOTHING -> false;
      };
    }

    void invalidate(Store store) {
      Loads loads =
          new Loads(store, TestOrigins.named(KEY.cache(), "other"), Schedulers.immediate());
      Cache cache = CacheOverStore.named(KEY.cache(), store, loads);
      switch (this) {
        case TARGET -> store.invalidate(KEY.cache(), new Scope.Target(KEY.target()));
        case PREFIX -> store.invalidate(KEY.cache(), new Scope.Prefix("/items"));
        case TAG -> store.invalidate(KEY.cache(), new Scope.Tag("green"));
        case EVERYTHING -> store.invalidate(KEY.cache(), new Scope.Everything());
        case EVICT -> cache.evict(KEY.target());
        case CLEAR -> cache.clear();
        case OTHER_TAG -> store.invalidate(KEY.cache(), new Scope.Tag("blue"));
        case OTHER_TARGET -> store.invalidate(KEY.cache(), new Scope.Target("/items/2"));
        case OTHER_PREFIX -> store.invalidate(KEY.cache(), new Scope.Prefix("/item"));
        case OTHER_CACHE -> store.invalidate("shop", new Scope.Everything());
        case NOTHING -> {}
      }
    }
  }

  /** What becomes of the response that is fetched after the invalidation. */
  enum Later {
    COMES_FIRST,
    COMES_LAST,
    IS_NOT_STORED
  }

  record Cell(FillKind kind, FillMoment moment, Form form, Later later) {

    /** Whether the old response is written before the invalidation, or the write is under way. */
    boolean isWritten() {
      return at(moment) >= at(FillMoment.WRITING);
    }

    /** Whether the fill has left the table. */
    boolean isOver() {
      return at(moment) > at(FillMoment.WRITING);
    }

    /** Whether whoever comes after the invalidation has to fetch: before the fetch, it may join. */
    boolean isFetchedAgain() {
      boolean fetching = at(moment) > at(FillMoment.QUEUED);
      return fetching && (form.covers() || (form == Form.OTHER_TAG && !isOver()));
    }

    String outcome() {
      boolean overtaken = isFetchedAgain() && later == Later.COMES_FIRST;
      boolean invalid = isFetchedAgain() && form.covers();
      return !isWritten() && (overtaken || invalid) ? "superseded" : "stored";
    }

    private int at(FillMoment when) {
      return kind.moments().indexOf(when);
    }

    @Override
    public String toString() {
      return kind + ": " + form + " is invalidated at " + moment + ", the new one " + later;
    }
  }

  static Stream<Cell> cells() {
    return Arrays.stream(FillKind.values())
        .filter(FillKind::isStored)
        .flatMap(kind -> kind.moments().stream().flatMap(moment -> cells(kind, moment)));
  }

  private static Stream<Cell> cells(FillKind kind, FillMoment moment) {
    List<Cell> cells = new ArrayList<>();
    for (Form form : Form.values()) {
      for (Later later : Later.values()) {
        Cell cell = new Cell(kind, moment, form, later);
        // while one is let in, the next still waits in line, and cannot come first
        boolean inLine = moment == FillMoment.LET_IN && later == Later.COMES_FIRST;
        if (!inLine && (cell.isFetchedAgain() || later == Later.COMES_LAST)) {
          cells.add(cell);
        }
      }
    }
    return cells.stream();
  }

  private static final String NEW = "the new one";

  private final FillStage stage = new FillStage();
  private final List<StageCaller> callers = new ArrayList<>();
  private @Nullable StageCaller after;

  @ParameterizedTest(name = "{0}")
  @MethodSource("cells")
  void invalidatedInFlight_whoComesAfterwardsNeverGetsTheOldResponse(Cell cell) {
    StageCaller starter = caller(true);
    StageCaller joiner = caller(false);
    stage.at(cell.moment(), () -> invalidateAndAsk(cell));

    stage.play(cell.kind());
    if (cell.isFetchedAgain() && cell.later() != Later.COMES_FIRST) {
      assertOldIsStored(cell.outcome().equals("stored") && !cell.form().covers(), cell);
      answerNew(cell);
    }

    assertThat(stage.hasMet(cell.moment())).as("the moment came").isTrue();
    starter.assertAnswer(cell.kind());
    joiner.assertAnswer(cell.kind());
    assertThat(stage.outcomes()).extracting(FillOutcome::result).contains(cell.outcome());
    assertAfter(cell);
    callers.forEach(StageCaller::leave);
    stage.nothingIsLeft();
  }

  private void invalidateAndAsk(Cell cell) {
    cell.form().invalidate(stage.store());
    stage.aside(
        () -> {
          boolean stored = stage.stored() != null;
          assertThat(stored).as("stored").isEqualTo(cell.isOver() && !cell.form().covers());
          if (cell.isOver() && !cell.isFetchedAgain()) {
            assertThat(stage.join(Runnable::run)).as("found in the store").isNull();
            return;
          }
          after = caller(false);
          assertThat(after.isCollapsed()).as("joined").isEqualTo(!cell.isFetchedAgain());
          if (cell.isFetchedAgain() && cell.later() == Later.COMES_FIRST) {
            answerNew(cell);
          }
        });
  }

  private void answerNew(Cell cell) {
    String control = cell.later() == Later.IS_NOT_STORED ? "no-store" : "max-age=60";
    stage.origin().letIn();
    var sent = stage.origin().sent(stage.origin().requestsSent());
    sent.head(200, "Cache-Control", control);
    sent.piece(NEW);
    sent.complete();
  }

  private void assertOldIsStored(boolean expected, Cell cell) {
    assertThat(stage.stored()).isEqualTo(expected ? cell.kind().body() : null);
  }

  private void assertAfter(Cell cell) {
    assertThat(stage.origin().requestsSent()).isEqualTo(cell.isFetchedAgain() ? 2 : 1);
    if (!cell.isFetchedAgain()) {
      assertOldIsStored(true, cell);
      if (after != null) {
        after.assertAnswer(cell.kind());
      }
      return;
    }
    Objects.requireNonNull(after).assertRead(NEW, true);
    if (cell.later() == Later.IS_NOT_STORED) {
      assertOldIsStored(!cell.form().covers(), cell);
    } else {
      assertThat(stage.stored()).isEqualTo(NEW);
    }
  }

  private StageCaller caller(boolean tellsMoments) {
    StageCaller caller = new StageCaller(stage, null, tellsMoments).listen();
    callers.add(caller);
    return caller;
  }
}
