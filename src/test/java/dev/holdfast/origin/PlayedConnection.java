package dev.holdfast.origin;

import dev.holdfast.http.Fields;
import dev.holdfast.http.RequestHead;
import dev.holdfast.http.ResponseHead;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.FluxSink;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * One request that was sent, and the response as the test has it come.
 *
 * <p>Pieces wait, as they would in a socket, until the receiver can take them. Once the exchange is
 * over, nothing more arrives.
 */
public final class PlayedConnection {

  private final RequestHead request;
  private final Receiver receiver;
  private final FetchTimeout fetchTimeout;
  private final Executor loop;
  private final Sinks.One<ResponseHead> head = Sinks.one();
  private final Queue<ByteBuf> waiting = new ArrayDeque<>();
  private @Nullable FluxSink<ByteBuf> pieces;
  private @Nullable Runnable end;
  private boolean pumping;
  private boolean over;
  private boolean cancelled;

  PlayedConnection(
      RequestHead request, Receiver receiver, FetchTimeout fetchTimeout, Executor loop) {
    this.request = request;
    this.receiver = receiver;
    this.fetchTimeout = fetchTimeout;
    this.loop = loop;
  }

  Mono<Arrived> response() {
    return head.asMono()
        .flatMap(came -> Delivery.of(came, Flux.create(this::deliver), receiver, fetchTimeout))
        .doOnCancel(this::cancel);
  }

  private void deliver(FluxSink<ByteBuf> sink) {
    pieces = sink;
    sink.onRequest(more -> loop.execute(this::pump));
  }

  private void cancel() {
    cancelled = true;
    close();
  }

  private void close() {
    over = true;
    waiting.forEach(ByteBuf::release);
    waiting.clear();
  }

  private void pump() {
    FluxSink<ByteBuf> sink = pieces;
    if (sink == null || pumping) {
      return;
    }
    pumping = true;
    while (!waiting.isEmpty() && sink.requestedFromDownstream() > 0) {
      ByteBuf piece = waiting.remove();
      sink.next(piece);
      piece.release();
    }
    pumping = false;
    if (end != null && waiting.isEmpty() && !over) {
      over = true;
      end.run();
    }
  }

  /** What was asked for. */
  public RequestHead request() {
    return request;
  }

  /** The head comes. */
  public void head(ResponseHead comes) {
    if (!over) {
      head.tryEmitValue(comes).orThrow();
    }
  }

  /** The head comes. */
  public void head(int status, String... fields) {
    head(new ResponseHead(status, "", Fields.of(fields), "1.1"));
  }

  /** A piece comes; the buffer is taken over. */
  public void piece(ByteBuf piece) {
    if (over) {
      piece.release();
      return;
    }
    waiting.add(piece);
    pump();
  }

  /** A piece comes. */
  public void piece(String text) {
    piece(Unpooled.copiedBuffer(text, StandardCharsets.UTF_8));
  }

  /** The end comes, behind all pieces. */
  public void complete() {
    end(() -> sink().complete());
  }

  /** The connection breaks; before the head, or behind all pieces so far. */
  public void breakOff() {
    if (pieces == null) {
      over = true;
      head.tryEmitError(OriginFailures.broken()).orThrow();
    } else {
      end(() -> sink().error(OriginFailures.broken()));
    }
  }

  private void end(Runnable how) {
    if (!over) {
      end = how;
      pump();
    }
  }

  private FluxSink<ByteBuf> sink() {
    if (pieces == null) {
      throw new IllegalStateException("no head has come");
    }
    return pieces;
  }

  /** Whether whoever fetched has closed it before its end. */
  public boolean isCancelled() {
    return cancelled;
  }

  /** Whether nothing more arrives, for whichever reason. */
  public boolean isOver() {
    return over;
  }
}
