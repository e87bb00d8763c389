package dev.holdfast.fill;

import dev.holdfast.http.Fields;
import dev.holdfast.http.RequestHead;
import dev.holdfast.http.ResponseHead;
import dev.holdfast.origin.Arrived;
import dev.holdfast.origin.Origin;
import dev.holdfast.origin.Receiver;
import dev.holdfast.testing.Throwing;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** An origin that does what the test says, on the test's thread. */
public final class FakeOrigin implements Origin {

  /** One fetch, to be answered. */
  public static final class Fetch {
    private final RequestHead request;
    private final Receiver receiver;
    private final Sinks.One<Arrived> end = Sinks.one();
    private @Nullable ResponseHead head;
    private long bytes;
    private boolean cancelled;

    private Fetch(RequestHead request, Receiver receiver) {
      this.request = request;
      this.receiver = receiver;
    }

    /** Lets a fetch in that the origin had wait. */
    public Fetch begin() {
      if (!isWanted()) {
        throw new IllegalStateException("it is not wanted any more");
      }
      return this;
    }

    /** Lets a fetch in that the origin had wait, if it is wanted still. */
    public boolean isWanted() {
      return receiver.begun();
    }

    public Fetch interim(int status, String... fields) {
      receiver.interim(new ResponseHead(status, "", Fields.of(fields), "1.1"));
      return this;
    }

    public Fetch head(int status, String... fields) {
      head = new ResponseHead(status, "", Fields.of(fields), "1.1");
      receiver.head(head);
      return this;
    }

    public Fetch fresh(String... fields) {
      List<String> all = new ArrayList<>(List.of("Cache-Control", "max-age=60"));
      all.addAll(List.of(fields));
      return head(200, all.toArray(String[]::new));
    }

    public Fetch piece(String text) {
      ByteBuf piece = Unpooled.copiedBuffer(text, StandardCharsets.UTF_8);
      bytes += piece.readableBytes();
      receiver.piece(piece);
      piece.release();
      return this;
    }

    public void complete() {
      end.tryEmitValue(new Arrived(Objects.requireNonNull(head), bytes)).orThrow();
    }

    public void fail(Throwable failure) {
      end.tryEmitError(failure).orThrow();
    }

    public boolean isCancelled() {
      return cancelled;
    }
  }

  private final List<Fetch> fetches = new ArrayList<>();
  private boolean full;
  private @Nullable Error thrown;

  @Override
  public String name() {
    return "catalog";
  }

  @Override
  public URI baseUrl() {
    return URI.create("http://origin");
  }

  @Override
  public Mono<Arrived> fetch(RequestHead request, @Nullable Flux<ByteBuf> body, Receiver receiver) {
    return Mono.defer(
        () -> {
          Fetch fetch = new Fetch(request, receiver);
          fetches.add(fetch);
          if (!full) {
            fetch.begin();
          }
          Mono<Arrived> ended = fetch.end.asMono().doOnCancel(() -> fetch.cancelled = true);
          return thrown == null ? ended : new Throwing<>(ended, thrown);
        });
  }

  /** Has fetches throw an error as they are subscribed to, or none. */
  public void throwsAsItBegins(@Nullable Error error) {
    thrown = error;
  }

  /** Has fetches wait from now on until they are let in. */
  public void isFull() {
    full = true;
  }

  /** The n-th fetch, from 1. */
  public Fetch fetch(int n) {
    return fetches.get(n - 1);
  }

  /** What the n-th fetch asked, from 1. */
  public RequestHead request(int n) {
    return fetch(n).request;
  }

  public int fetches() {
    return fetches.size();
  }
}
