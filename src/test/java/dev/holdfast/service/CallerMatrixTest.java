package dev.holdfast.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.config.HoldfastProperties;
import dev.holdfast.config.OriginSettings;
import dev.holdfast.config.Origins;
import dev.holdfast.fill.FillKind;
import dev.holdfast.fill.FillMoment;
import dev.holdfast.fill.FillOutcome;
import dev.holdfast.fill.FillStage;
import dev.holdfast.origin.StagedOrigin;
import dev.holdfast.service.RequestObserver.Left;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/**
 * As the cancellation matrix of the fill, through the service: a caller runs out of patience or
 * disconnects at each signal of a fill's life, and the other is none the wiser.
 */
class CallerMatrixTest {

  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private static final OriginSettings HASTY = settings(PATIENCE);
  private static final OriginSettings PATIENT = settings(PATIENCE.multipliedBy(10));

  static Stream<CallerCell> cells() {
    return Arrays.stream(FillKind.values())
        .flatMap(kind -> Arrays.stream(FillMoment.values()).flatMap(moment -> cells(kind, moment)))
        .filter(CallerCell::exists);
  }

  private static Stream<CallerCell> cells(FillKind kind, FillMoment moment) {
    return Arrays.stream(CallerCell.Way.values())
        .flatMap(
            way ->
                Arrays.stream(CallerCell.Company.values())
                    .map(company -> new CallerCell(kind, moment, way, company)));
  }

  private final FillStage stage = new FillStage();
  private final ServiceOnStage service = new ServiceOnStage(stage);
  private final List<ServiceOnStage.Caller> goers = new ArrayList<>();

  @ParameterizedTest(name = "{0}")
  @MethodSource("cells")
  void callerGoes_lawsHold(CallerCell cell) {
    answerLaterFetches(cell.kind());
    boolean alone = cell.company() == CallerCell.Company.ONLY_CALLER_GOES;
    ServiceOnStage.Caller starter = ask(cell, true);
    ServiceOnStage.Caller joiner = alone ? starter : ask(cell, false);
    stage.at(cell.moment(), () -> go(cell.way()));

    stage.play(cell.kind());

    assertThat(stage.hasMet(cell.moment())).as("the moment came").isTrue();
    assertCaller(cell, starter, true);
    if (!alone) {
      assertCaller(cell, joiner, false);
    }
    assertFill(cell);
    assertNextCaller(cell);
    service.assertNobodyWaits();
    stage.nothingIsLeft();
  }

  /** A fetch of a later caller's own is answered at once, and whole. */
  private void answerLaterFetches(FillKind kind) {
    stage.answerLaterFetches(
        sent -> {
          sent.head(200, "Cache-Control", kind.isRefusedByItsHead() ? "private" : "max-age=60");
          kind.pieces().forEach(sent::piece);
          sent.complete();
        });
  }

  private ServiceOnStage.Caller ask(CallerCell cell, boolean starter) {
    boolean goes = cell.goes(starter);
    ServiceOnStage.Caller caller = service.ask(goes ? HASTY : PATIENT, goes && goers.isEmpty());
    if (goes) {
      goers.add(caller);
    }
    return caller;
  }

  private void go(CallerCell.Way way) {
    if (way == CallerCell.Way.TIMES_OUT) {
      stage.time().advanceTimeBy(PATIENCE);
    } else {
      goers.forEach(ServiceOnStage.Caller::disconnect);
    }
  }

  private void assertCaller(CallerCell cell, ServiceOnStage.Caller caller, boolean starter) {
    if (!cell.goes(starter) || !cell.hasAnEffect(starter)) {
      caller.assertAnswer(cell.kind());
    } else if (cell.way() == CallerCell.Way.TIMES_OUT) {
      caller.assertTimedOut();
    } else {
      caller.assertSilence(cell.kind());
    }
  }

  private void assertFill(CallerCell cell) {
    List<String> expected = new ArrayList<>(List.of(cell.outcome()));
    if (cell.joinerFetches()) {
      expected.add("not_storable");
    }
    assertThat(stage.outcomes())
        .extracting(FillOutcome::result)
        .containsExactlyInAnyOrderElementsOf(expected);
    assertThat(stage.stored()).isEqualTo(cell.isStored() ? cell.kind().body() : null);
    int sent = (cell.isGivenUpInLine() ? 0 : 1) + (cell.joinerFetches() ? 1 : 0);
    assertThat(stage.origin().requestsSent()).isEqualTo(sent);
    long gone =
        Stream.of(true, false)
            .filter(starter -> cell.goes(starter) && cell.hasAnEffect(starter))
            .count();
    Left reason = cell.way() == CallerCell.Way.TIMES_OUT ? Left.TIMEOUT : Left.DISCONNECT;
    assertThat(service.left()).hasSize((int) gone).allMatch(reason::equals);
  }

  private void assertNextCaller(CallerCell cell) {
    int sent = stage.origin().requestsSent();
    ServiceOnStage.Caller next = service.ask(PATIENT, false);
    next.assertRead(cell.kind().body());
    assertThat(stage.origin().requestsSent()).isEqualTo(sent + (cell.isStored() ? 0 : 1));
  }

  private static OriginSettings settings(Duration patience) {
    Map<String, String> properties =
        Map.of(
            "holdfast.origins.catalog.base-url", "http://origin.invalid",
            "holdfast.origins.catalog.caller-timeout", patience.toMillis() + "ms",
            "holdfast.origins.catalog.fetch-timeout", StagedOrigin.FETCH_TIMEOUT.toMillis() + "ms",
            "holdfast.origins.catalog.max-stored-body", FillKind.MAX_STORED_BYTES + "B");
    Binder binder = new Binder(new MapConfigurationPropertySource(properties));
    Origins origins = Origins.of(binder.bindOrCreate("holdfast", HoldfastProperties.class));
    return Objects.requireNonNull(origins.named("catalog"));
  }
}
