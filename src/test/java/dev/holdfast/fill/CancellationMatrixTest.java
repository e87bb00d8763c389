package dev.holdfast.fill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.fill.StageCaller.Way;
import dev.holdfast.testing.ManualExecutor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A caller goes at each signal of a fill's life, in each way, in each company, for each kind of
 * response; then what the laws promise is there, and nothing else is left.
 */
class CancellationMatrixTest {

  static Stream<CancellationCell> cells() {
    return Arrays.stream(FillKind.values()).flatMap(CancellationMatrixTest::cells);
  }

  private static Stream<CancellationCell> cells(FillKind kind) {
    List<CancellationCell> cells = new ArrayList<>();
    for (FillMoment moment : FillMoment.values()) {
      for (Way way : Way.values()) {
        for (CancellationCell.Company company : CancellationCell.Company.values()) {
          cells.add(new CancellationCell(kind, moment, way, company, false));
          cells.add(new CancellationCell(kind, moment, way, company, true));
        }
      }
    }
    return cells.stream().filter(CancellationCell::exists);
  }

  private final FillStage stage = new FillStage();
  private final List<StageCaller> callers = new ArrayList<>();
  private final List<StageCaller> goers = new ArrayList<>();

  @ParameterizedTest(name = "{0}")
  @MethodSource("cells")
  void callerGoes_lawsHold(CancellationCell cell) {
    attach(cell);
    stage.at(cell.moment(), () -> goers.forEach(goer -> goer.go(cell.way())));

    stage.play(cell.kind());
    callers.forEach(StageCaller::turn);

    assertThat(stage.hasMet(cell.moment())).as("the moment came").isTrue();
    assertFill(cell);
    for (StageCaller caller : callers) {
      if (caller.isGone()) {
        caller.assertSilence(cell.kind());
      } else {
        caller.assertAnswer(cell.kind());
      }
    }
    assertNextCaller(cell);
    callers.forEach(StageCaller::leave);
    stage.nothingIsLeft();
  }

  @Test
  void nobodyGoes_everybodyIsAnswered() {
    assertThat(cells().map(CancellationCell::moment).distinct())
        .hasSize(FillMoment.values().length);
    for (FillKind kind : FillKind.values()) {
      FillStage calm = new FillStage();
      StageCaller starter = new StageCaller(calm, null, true).listen();
      StageCaller joiner = new StageCaller(calm, null, false).listen();

      calm.play(kind);

      starter.assertAnswer(kind);
      joiner.assertAnswer(kind);
      kind.moments()
          .forEach(moment -> assertThat(calm.hasMet(moment)).as("%s %s", kind, moment).isTrue());
      starter.leave();
      joiner.leave();
      calm.nothingIsLeft();
    }
  }

  private void attach(CancellationCell cell) {
    boolean alone = cell.company() == CancellationCell.Company.ONLY_CALLER_GOES;
    for (int i = 0; i < (alone ? 1 : 2); i++) {
      boolean starter = i == 0;
      boolean goes =
          cell.company()
              != (starter
                  ? CancellationCell.Company.JOINER_GOES
                  : CancellationCell.Company.STARTER_GOES);
      boolean listens = !goes || cell.way() != Way.LEAVES_WITHOUT_LISTENING;
      StageCaller caller = caller(cell, goes && goers.isEmpty());
      callers.add(listens ? caller.listen() : caller);
      if (goes) {
        goers.add(caller);
      }
    }
  }

  private StageCaller caller(CancellationCell cell, boolean tellsMoments) {
    @Nullable ManualExecutor lateLoop = cell.late() ? new ManualExecutor() : null;
    return new StageCaller(stage, lateLoop, tellsMoments);
  }

  private void assertFill(CancellationCell cell) {
    String outcome = cell.outcome();
    assertThat(stage.outcomes().stream().map(CancellationMatrixTest::word))
        .containsExactly(outcome);
    boolean stored = outcome.startsWith("stored");
    assertThat(stage.stored()).isEqualTo(stored ? cell.kind().body() : null);
    assertThat(stage.origin().requestsSent()).isEqualTo(cell.isGivenUpInLine() ? 0 : 1);
    if (stage.origin().requestsSent() == 1 && cell.moment() != FillMoment.ARRIVED) {
      boolean late = outcome.equals("timed_out"); // which closes the connection
      assertThat(stage.origin().sent(1).isCancelled())
          .isEqualTo(late || outcome.equals("abandoned"));
    }
  }

  private static String word(FillOutcome outcome) {
    boolean rescued = outcome instanceof FillOutcome.Stored stored && stored.rescued();
    return outcome.result() + (rescued ? "*" : "");
  }

  /** Finds what is stored, or has a fetch of its own: nobody joins a fill that has ended. */
  private void assertNextCaller(CancellationCell cell) {
    int sent = stage.origin().requestsSent();
    Attachment next = stage.join(Runnable::run);
    assertThat(next == null).as("stored").isEqualTo(cell.outcome().startsWith("stored"));
    if (next == null) {
      return;
    }
    assertThat(next.isCollapsed()).isFalse();
    assertThat(stage.origin().requestsSent()).isEqualTo(sent + 1);
    next.leave();
    stage.origin().sent(sent + 1).head(200, "Cache-Control", "no-store");
  }
}
