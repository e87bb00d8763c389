package dev.holdfast.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.config.OriginSettings;
import dev.holdfast.fill.BodyAborted;
import dev.holdfast.fill.FillKind;
import dev.holdfast.fill.FillMoment;
import dev.holdfast.fill.FillStage;
import dev.holdfast.http.Prefer;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;

/** The service in front of a stage, and its callers. */
final class ServiceOnStage implements RequestObserver, WaitingObserver {

  private static final List<FillMoment> READS =
      List.of(FillMoment.FIRST_READ, FillMoment.SECOND_READ, FillMoment.LAST_READ);

  private final FillStage stage;
  private final CacheService service;
  private final List<Left> left = new ArrayList<>();
  private int waiting;

  ServiceOnStage(FillStage stage) {
    this.stage = stage;
    WaitingCallers callers = new WaitingCallers(100, this);
    this.service =
        new CacheService(stage.store(), stage.fills(), stage.still(), stage.time(), this, callers);
  }

  /** Asks at once. */
  Caller ask(OriginSettings settings, boolean tellsMoments) {
    return new Caller(new CachedOrigin(settings, stage, FillStage.POLICY), tellsMoments);
  }

  /** Who went, as the meter has it. */
  List<Left> left() {
    return left;
  }

  void assertNobodyWaits() {
    assertThat(waiting).as("waiting callers").isZero();
  }

  @Override
  public void answered(String origin, Result result, Duration took) {}

  @Override
  public void left(String origin, Left reason) {
    left.add(reason);
  }

  @Override
  public void began(String origin) {
    waiting++;
  }

  @Override
  public void ended(String origin) {
    waiting--;
  }

  @Override
  public void refused(String origin) {
    throw new AssertionError("refused");
  }

  /** One caller: what is written to it, as it comes. */
  final class Caller {
    private final boolean tellsMoments;
    private final StringBuilder text = new StringBuilder();
    private final Disposable answering;
    private int heads;
    private int pieces;
    private @Nullable Answer head;
    private @Nullable Throwable failure;
    private boolean complete;
    private @Nullable String textWhenGone;
    private @Nullable Answer headWhenGone;

    private Caller(CachedOrigin origin, boolean tellsMoments) {
      this.tellsMoments = tellsMoments;
      CallerRequest request =
          new CallerRequest(origin, stage.request(), Prefer.NOTHING, null, Runnable::run);
      this.answering =
          service
              .answer(request, this::write)
              .subscribe(nothing -> {}, failed -> failure = failed, () -> complete = true);
    }

    private Mono<Void> write(Answer answer) {
      head = answer;
      heads++;
      tell(FillMoment.HEAD_HEARD);
      if (!(answer instanceof Answer.Response response)) {
        return Mono.empty();
      }
      return response
          .body()
          .doOnNext(this::took)
          .doOnTerminate(() -> tell(FillMoment.END_HEARD))
          .then();
    }

    private void took(ByteBuf piece) {
      text.append(piece.toString(StandardCharsets.UTF_8));
      piece.release();
      tell(READS.get(Math.min(pieces++, 2)));
    }

    private void tell(FillMoment moment) {
      if (tellsMoments) {
        stage.now(moment);
      }
    }

    void disconnect() {
      textWhenGone = text.toString();
      headWhenGone = head;
      answering.dispose();
    }

    /** It heard nothing more once it had gone. */
    void assertSilence(FillKind kind) {
      assertThat(text.toString()).isEqualTo(textWhenGone);
      assertThat(kind.body()).startsWith(text.toString());
      assertThat(head).isSameAs(headWhenGone);
      assertThat(complete || failure != null).as("told of an end").isFalse();
    }

    void assertTimedOut() {
      assertThat(head).isInstanceOf(Answer.Problem.class);
      ProblemType type = ((Answer.Problem) Objects.requireNonNull(head)).type();
      assertThat(type.token()).isIn("caller-timeout", "overloaded");
      assertThat(text).isEmpty();
      assertThat(complete).isTrue();
      assertThat(heads).isEqualTo(1);
    }

    /** It has the answer as the origin gave it. */
    void assertAnswer(FillKind kind) {
      if (!kind.hasHead()) {
        assertThat(head).isInstanceOf(Answer.Problem.class);
        assertThat(complete).isTrue();
      } else if (kind.end() == FillKind.End.WHOLE) {
        assertRead(kind.body());
      } else {
        assertThat(text.toString()).isEqualTo(kind.body());
        assertThat(failure).isInstanceOf(BodyAborted.class);
      }
    }

    void assertRead(String body) {
      assertThat(head)
          .isInstanceOfSatisfying(
              Answer.Response.class,
              response -> assertThat(response.head().status()).isEqualTo(200));
      assertThat(text.toString()).isEqualTo(body);
      assertThat(complete).isTrue();
      assertThat(heads).isEqualTo(1);
    }
  }
}
