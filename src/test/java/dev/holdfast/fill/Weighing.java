package dev.holdfast.fill;

import dev.holdfast.http.CacheKey;
import dev.holdfast.http.Fields;
import dev.holdfast.http.RequestHead;
import dev.holdfast.http.ResponseHead;
import dev.holdfast.origin.Arrived;
import dev.holdfast.origin.Origin;
import dev.holdfast.origin.Receiver;
import dev.holdfast.policy.CachePolicy;
import dev.holdfast.store.BodyMemory;
import dev.holdfast.store.Store;
import dev.holdfast.testing.Times;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Fills a store with responses and prints what it says that they take, and what they do: a program
 * of its own, for a heap that nothing else is in.
 *
 * <p>Arguments: the number of responses, the bytes of each body, and whether their length is known.
 * Prints the bytes accounted for, those of the heap and those outside of it.
 */
final class Weighing {

  private static final int PIECE_BYTES = 16 * 1024;
  private static final Clock TEN_O_CLOCK =
      Clock.fixed(Instant.parse("2026-11-23T10:00:00Z"), ZoneOffset.UTC);

  private Weighing() {}

  public static void main(String[] args) {
    int responses = Integer.parseInt(args[0]);
    int bodyBytes = Integer.parseInt(args[1]);
    boolean known = Boolean.parseBoolean(args[2]);
    Weighed warm = new Weighed();
    warm.fill(100, bodyBytes, known);
    warm.store.close();

    long before = heapBytes();
    Weighed weighed = new Weighed();
    weighed.fill(responses, bodyBytes, known);
    long heap = heapBytes() - before;

    if (weighed.memory.inFlightBytes() != 0) {
      throw new IllegalStateException("something is in flight");
    }
    System.out.println(weighed.store.usedBytes() + " " + heap + " " + weighed.memory.usedBytes());
    weighed.store.close();
  }

  /** What is reachable, once collections find nothing more. */
  private static long heapBytes() {
    long last = Long.MAX_VALUE;
    for (int i = 0; i < 20; i++) {
      System.gc();
      long now = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
      if (Math.abs(last - now) < 10_000) {
        return now;
      }
      last = now;
    }
    throw new IllegalStateException("the heap does not settle");
  }

  private static final class Weighed {
    private final Store store = new Store(1L << 40, () -> 0);
    private final BodyMemory memory = new BodyMemory(1L << 30);

    /** The fills themselves, and what they have learnt, are left to the collector. */
    private void fill(int responses, int bodyBytes, boolean known) {
      Fills fills =
          new Fills(
              store, memory, Times.by(TEN_O_CLOCK), TestFills.UNOBSERVED, TestFills.BOUNDLESS);
      ByteBuf piece = Unpooled.wrappedBuffer(new byte[PIECE_BYTES]);
      for (int i = 0; i < responses; i++) {
        Origin origin = new Immediate(piece, bodyBytes, head(i, known ? bodyBytes : -1));
        String target = "/items/" + (1_000_000 + i) + "?currency=EUR";
        RequestHead request =
            new RequestHead("GET", target, Fields.of("Accept-Encoding", own("gzip, br")), "1.1");
        Ask ask =
            new Ask(
                origin,
                new CacheKey(origin.name(), target),
                request,
                null,
                null,
                CachePolicy.BY_DEFAULT,
                8L << 20,
                Runnable::run);
        Objects.requireNonNull(fills.join(ask, () -> false)).leave();
      }
    }

    /** A head as origins send it, its strings as a decoder makes them: each its own. */
    private static ResponseHead head(int number, int length) {
      Fields.Builder fields =
          Fields.builder()
              .add(own("Date"), own("Mon, 23 Nov 2026 10:00:00 GMT"))
              .add(own("Content-Type"), own("application/json;charset=UTF-8"))
              .add(own("Cache-Control"), own("public, max-age=3600"))
              .add(own("ETag"), "\"0f3a" + (1_000_000_000L + number) + "\"")
              .add(own("Last-Modified"), own("Sun, 22 Nov 2026 10:00:00 GMT"))
              .add(own("Server"), own("nginx/1.27.2"))
              .add(own("X-Request-Id"), "c0ffee00-0000-4000-8000-00" + (1_000_000_000L + number));
      if (length >= 0) {
        fields.add(own("Content-Length"), Integer.toString(length));
      }
      if (number % 2 == 0) {
        fields.add(own("Vary"), own("Accept-Encoding"));
      }
      return new ResponseHead(200, "OK", fields.build(), "1.1");
    }

    private static String own(String text) {
      return new String(text.toCharArray());
    }
  }

  /** An origin whose response is there at once. */
  private record Immediate(ByteBuf piece, int bodyBytes, ResponseHead head) implements Origin {
    @Override
    public String name() {
      return "catalog";
    }

    @Override
    public URI baseUrl() {
      return URI.create("http://origin");
    }

    @Override
    public Mono<Arrived> fetch(
        RequestHead request, @Nullable Flux<ByteBuf> body, Receiver receiver) {
      return Mono.fromSupplier(
          () -> {
            receiver.begun();
            receiver.head(head);
            for (int sent = 0; sent < bodyBytes; sent += PIECE_BYTES) {
              receiver.piece(piece.slice(0, Math.min(PIECE_BYTES, bodyBytes - sent)));
            }
            return new Arrived(head, bodyBytes);
          });
    }
  }
}
