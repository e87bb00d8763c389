package dev.holdfast.fill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.http.CacheKey;
import dev.holdfast.http.Fields;
import dev.holdfast.http.RequestHead;
import dev.holdfast.policy.CachePolicy;
import dev.holdfast.store.Scope;
import dev.holdfast.store.Store;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Joining a fill only where one runs. */
class JoinRunningTest {

  private static final CacheKey KEY = new CacheKey("catalog", "/a");

  private final FakeOrigin origin = new FakeOrigin();
  private final List<Attachment> attachments = new ArrayList<>();
  private final Store store = new Store(1_000_000, () -> 0);
  private final Fills fills =
      TestFills.create(
          store,
          Clock.fixed(Instant.parse("2026-11-23T10:00:00Z"), ZoneOffset.UTC),
          TestFills.UNOBSERVED);

  @AfterEach
  void nothingRuns() {
    attachments.forEach(Attachment::leave);
    assertThat(fills.running()).isEmpty();
    store.close();
  }

  @Test
  void nothingRuns_nothingIsStarted() {
    assertThat(joinRunning()).isNull();
    assertThat(origin.fetches()).isZero();
  }

  @Test
  void fillRuns_isJoined() {
    join();
    TestCaller caller = new TestCaller(Objects.requireNonNull(joinRunning()));
    assertThat(caller.isCollapsed()).isTrue();

    origin.fetch(1).fresh().piece("hello");

    assertThat(caller.answered()).isInstanceOf(Answered.View.class);
    caller.leave();
    origin.fetch(1).complete();
    assertThat(joinRunning()).isNull();
  }

  @Test
  void passRuns_isNotJoined() {
    attachments.add(fills.pass(get()));

    assertThat(joinRunning()).isNull();
    origin.fetch(1).fresh().complete();
  }

  @Test
  void fillIsNotForStoring_isNotJoined() {
    join();
    origin.fetch(1).head(200, "Cache-Control", "no-store");

    assertThat(joinRunning()).isNull();
    origin.fetch(1).complete();
  }

  @Test
  void fillIsOvertaken_isNotJoinedAndALaterOneIs() {
    join();
    store.invalidate(KEY.cache(), new Scope.Target(KEY.target()));
    assertThat(joinRunning()).isNull();

    join();
    assertThat(joinRunning()).isNotNull();
    assertThat(origin.fetches()).isEqualTo(2);
    origin.fetch(1).fresh().complete();
    origin.fetch(2).fresh().complete();
  }

  private void join() {
    attachments.add(Objects.requireNonNull(fills.join(get(), () -> false)));
  }

  private @Nullable Attachment joinRunning() {
    Attachment attachment = fills.joinRunning(ask("HEAD"));
    if (attachment != null) {
      attachments.add(attachment);
    }
    return attachment;
  }

  private Ask get() {
    return ask("GET");
  }

  private Ask ask(String method) {
    return new Ask(
        origin,
        KEY,
        new RequestHead(method, "/a", Fields.EMPTY, "1.1"),
        null,
        null,
        CachePolicy.BY_DEFAULT,
        1000,
        Runnable::run);
  }
}
