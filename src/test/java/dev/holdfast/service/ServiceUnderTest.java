package dev.holdfast.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.config.OriginSettings;
import dev.holdfast.fill.FakeOrigin;
import dev.holdfast.fill.FillObserver;
import dev.holdfast.fill.FillOutcome;
import dev.holdfast.fill.Fills;
import dev.holdfast.fill.TestFills;
import dev.holdfast.http.Fields;
import dev.holdfast.http.Prefer;
import dev.holdfast.http.RequestHead;
import dev.holdfast.http.ResponseHead;
import dev.holdfast.policy.CachePolicy;
import dev.holdfast.store.Store;
import dev.holdfast.testing.TestOrigins;
import dev.holdfast.testing.Times;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import reactor.core.publisher.Mono;
import reactor.test.scheduler.VirtualTimeScheduler;

/** The service in front of a scripted origin, in virtual time; callers wait for two seconds. */
final class ServiceUnderTest {

  private static final OriginSettings SETTINGS =
      TestOrigins.settings("catalog", "max-stored-body=1000B");

  final FakeOrigin origin = new FakeOrigin();
  final VirtualTimeScheduler time = VirtualTimeScheduler.create();
  final Store store;

  /** What the observers were told, in order. */
  final List<String> log = new ArrayList<>();

  /** How many callers wait, and how many were refused, as the observer was told. */
  int waiting;

  int refused;

  private final CachedOrigin catalog = new CachedOrigin(SETTINGS, origin, CachePolicy.BY_DEFAULT);
  final Fills fills;
  private final CacheService service;

  ServiceUnderTest(int maxWaiting) {
    this(maxWaiting, new Store(1_000_000, () -> 0));
  }

  ServiceUnderTest(int maxWaiting, Store store) {
    this.store = store;
    Clock clock = Times.calendarOf(time);
    this.fills = TestFills.create(store, clock, new LoggedFills());
    WaitingCallers callers = new WaitingCallers(maxWaiting, new CountedCallers());
    this.service =
        new CacheService(store, fills, Times.by(clock), time, new LoggedRequests(), callers);
  }

  private final class LoggedFills implements FillObserver {
    @Override
    public void began(String name) {}

    @Override
    public void ended(String name, FillOutcome outcome, Duration took) {
      log.add(outcome.result());
    }
  }

  private final class LoggedRequests implements RequestObserver {
    @Override
    public void answered(String name, Result result, Duration took) {
      log.add(result + " after " + took.toMillis() + " ms");
    }

    @Override
    public void left(String name, Left reason) {
      log.add("left: " + reason);
    }
  }

  private final class CountedCallers implements WaitingObserver {
    @Override
    public void began(String name) {
      waiting++;
    }

    @Override
    public void ended(String name) {
      waiting--;
    }

    @Override
    public void refused(String name) {
      refused++;
    }
  }

  /** Ends the test: nobody waits, nothing runs. */
  void close() {
    assertThat(fills.running()).isEmpty();
    assertThat(waiting).isZero();
    store.close();
    time.dispose();
  }

  Mono<String> get(String... fields) {
    return request("GET", fields);
  }

  /** One caller's request, and what is written to it, as text. */
  Mono<String> request(String method, String... fields) {
    return requestTo("/a", method, fields);
  }

  Mono<String> requestTo(String target, String method, String... fields) {
    RequestHead head = new RequestHead(method, target, Fields.of(fields), "1.1");
    return answer(head, ServiceUnderTest::written);
  }

  Mono<String> answer(String method, Fields request, Function<Answer, Mono<String>> writer) {
    return answer(new RequestHead(method, "/a", request, "1.1"), writer);
  }

  private Mono<String> answer(RequestHead head, Function<Answer, Mono<String>> writer) {
    return Mono.defer(
        () -> {
          List<String> written = new ArrayList<>();
          return service
              .answer(
                  new CallerRequest(
                      catalog,
                      head,
                      Prefer.of(head.fields(), Duration.ofSeconds(60)),
                      null,
                      Runnable::run),
                  new Answering() {
                    @Override
                    public Mono<Void> write(Answer answer) {
                      return writer.apply(answer).doOnNext(written::add).then();
                    }

                    @Override
                    public void writeInterim(ResponseHead response) {
                      written.add(response.status() + ", ");
                    }
                  })
              .then(Mono.fromSupplier(() -> String.join("", written)));
        });
  }

  static Mono<String> written(Answer answer) {
    String status = answer.cacheStatus().serialize("holdfast");
    if (answer instanceof Answer.Problem problem) {
      return Mono.just(problem.type().status() + " " + problem.type().token() + " " + status);
    }
    Answer.Response response = (Answer.Response) answer;
    return response
        .body()
        .map(ServiceUnderTest::text)
        .collectList()
        .map(pieces -> response.head().status() + " " + String.join("", pieces) + " " + status);
  }

  private static String text(ByteBuf piece) {
    String text = piece.toString(StandardCharsets.UTF_8);
    piece.release();
    return Objects.requireNonNull(text);
  }
}
