package dev.holdfast.simulation;

import dev.holdfast.fill.FillObserver;
import dev.holdfast.fill.FillOutcome;
import dev.holdfast.http.RequestHead;
import dev.holdfast.origin.Arrived;
import dev.holdfast.origin.Origin;
import dev.holdfast.origin.OriginFailure;
import dev.holdfast.origin.PlayedConnection;
import dev.holdfast.origin.PlayedOrigin;
import dev.holdfast.origin.Receiver;
import io.netty.buffer.ByteBuf;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The origin as fills see it: notes each fetch's beginning and end, and how its fill ended. */
final class WatchedOrigin implements Origin, FillObserver {

  /** A plain request is collapsed in vain so often, and then it is fetched for its caller alone. */
  private static final int MAX_ROUNDS = 3;

  private final World world;
  private final PlayedOrigin origin;
  private final LawsOfFetches laws;
  private final Met met;

  /** The fetches whose end is being told, the innermost last. */
  private final Deque<Fetch> ending = new ArrayDeque<>();

  private @Nullable Fetch lettingIn;
  private @Nullable Fetch writing;
  private @Nullable FillOutcome givenUp;

  WatchedOrigin(World world, PlayedOrigin origin, LawsOfFetches laws, Met met) {
    this.world = world;
    this.origin = origin;
    this.laws = laws;
    this.met = met;
    origin.atSent(this::sent);
  }

  @Override
  public String name() {
    return origin.name();
  }

  @Override
  public URI baseUrl() {
    return URI.create("http://origin");
  }

  @Override
  public Mono<Arrived> fetch(RequestHead request, @Nullable Flux<ByteBuf> body, Receiver receiver) {
    Caller starter = world.acting();
    boolean joins =
        starter.asking.sentAs(request).isPlain()
            && !world.isMarked()
            && !asksForItselfAlone(starter, request);
    boolean joinable = joins && collapsedInVain(starter) < MAX_ROUNDS;
    Fetch fetch =
        new Fetch(
            world,
            world.fetches().size(),
            starter,
            joinable,
            !world.mayBeJoined(),
            receiver,
            this::lettingIn);
    laws.fetching(fetch);
    world.fetches().add(fetch);
    return origin
        .fetch(request, body, fetch)
        .doOnNext(arrived -> arrived(fetch))
        .doOnError(failure -> failed(fetch, failure))
        .doOnCancel(() -> cancelled(fetch));
  }

  /**
   * Whether it asks about what nothing makes fresh, or did so in vain: nobody else is answered by
   * what it hears.
   */
  private boolean asksForItselfAlone(Caller starter, RequestHead request) {
    boolean asks = request.fields().contains("If-None-Match") || collapsedInVain(starter) > 0;
    return asks && world.mayBeAlwaysValidated();
  }

  /** How many responses were not for the caller that it could have waited for. */
  private long collapsedInVain(Caller caller) {
    return world.fetches().stream().filter(fetch -> fetch.wasInVainFor(caller)).count();
  }

  /** The fetch begins; what is sent next is its request. */
  private void lettingIn(Fetch fetch) {
    lettingIn = fetch;
  }

  private void sent(PlayedConnection connection) {
    Fetch fetch = Objects.requireNonNull(lettingIn);
    world.overtakenInTheMidst();
    fetch.sent(connection);
  }

  private void arrived(Fetch fetch) {
    fetch.arrived();
    world.overtakenInTheMidst();
    if (fetch.isRunning()) {
      fetch.writing();
      if (fetch.hasComparedItsHead()) {
        world.meets(Event.COMPARED, fetch.target);
      }
      ending.addLast(fetch);
      writing = fetch;
    }
  }

  private void failed(Fetch fetch, Throwable failure) {
    if (failure instanceof OriginFailure.TimedOut) {
      met.happens(Event.FETCH_TIMEOUT, fetch);
    }
    fetch.failed(failure);
    ending.addLast(fetch);
  }

  private void cancelled(Fetch fetch) {
    ending.remove(fetch);
    FillOutcome how = givenUp;
    givenUp = null;
    if (how != null) {
      ended(fetch, how);
    } else if (fetch.isRunning()) {
      world.verdicts().unless(false, "cancelled, and has not ended", fetch);
    }
  }

  /** Caffeine asks for the time when it is about to take in what the store has listed. */
  void storeAsksForTheTime() {
    Fetch fetch = writing;
    if (fetch != null && isCaffeinesPut()) {
      writing = null;
      fetch.mark(Phase.WRITING);
      world.overtakenInTheMidst();
      fetch.mark(Phase.ENDING);
    }
  }

  /** Whether the put itself asks, where nothing is locked, and not upkeep. */
  private static boolean isCaffeinesPut() {
    return StackWalker.getInstance()
        .walk(
            frames ->
                frames
                    .filter(frame -> frame.getClassName().startsWith("com.github.benmanes"))
                    .map(StackWalker.StackFrame::getMethodName)
                    .allMatch(name -> name.equals("put") || name.equals("read")));
  }

  @Override
  public void began(String cache) {}

  @Override
  public void ended(String cache, FillOutcome outcome, Duration took) {
    if (outcome instanceof FillOutcome.Abandoned) {
      givenUp = outcome; // whose it is shows when the fetch is cancelled, which is next
    } else if (isRefusal(outcome)) {
      laws.refused();
    } else if (ending.isEmpty()) {
      world.verdicts().unless(false, "a fill ends for no reason", outcome);
    } else {
      ended(ending.removeLast(), outcome);
    }
  }

  /** Whether it is of none that was asked of the origin. */
  private boolean isRefusal(FillOutcome outcome) {
    Fetch last = ending.peekLast();
    return outcome instanceof FillOutcome.Failed failed
        && failed.failure() instanceof OriginFailure.Full
        && (last == null || last.failure() != failed.failure());
  }

  private void ended(Fetch fetch, FillOutcome outcome) {
    writing = writing == fetch ? null : writing;
    laws.ended(fetch, outcome);
    fetch.ended(outcome);
    if (outcome instanceof FillOutcome.Stored) {
      world
          .running()
          .filter(other -> other.target.equals(fetch.target) && other.beganBefore(fetch))
          .forEach(other -> met.happens(Event.LATER_STORED, other));
    }
  }
}
