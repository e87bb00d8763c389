package dev.holdfast.scenario;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One connection to the scripted origin: a thread that reads, so that a peer's leaving is seen at
 * once, and a thread that plays the scripts in the order of the requests.
 */
final class OriginConnection {

  private enum EndedBy {
    PEER,
    SCRIPT,
    ORIGIN
  }

  private final Socket socket;
  private final Ledger ledger;
  private final Function<Request, Script> scripts;
  private final int id;
  private final BlockingQueue<Optional<Exchange>> inbox = new LinkedBlockingQueue<>();
  private final Set<Exchange> received = ConcurrentHashMap.newKeySet();
  private final AtomicReference<@Nullable EndedBy> end = new AtomicReference<>();
  private final CountDownLatch ended = new CountDownLatch(1);
  private final AtomicBoolean abortCounted = new AtomicBoolean();
  private final Thread reader = new Thread(this::read);
  private final Thread player = new Thread(this::play);
  private volatile boolean closing;

  OriginConnection(Socket socket, Ledger ledger, Function<Request, Script> scripts) {
    this.socket = socket;
    this.ledger = ledger;
    this.scripts = scripts;
    this.id = ledger.connectionOpened();
  }

  void start() {
    reader.setName("origin-reader-" + id);
    reader.setDaemon(true);
    reader.start();
    player.setName("origin-player-" + id);
    player.setDaemon(true);
    player.start();
  }

  /** Whether it has been started, and has ended with its script. */
  boolean isOver() {
    return ended.getCount() == 0 && !reader.isAlive() && !player.isAlive();
  }

  /** Ends the connection and its script for good, and returns when both threads have. */
  void shut() throws InterruptedException {
    closing = true;
    end(EndedBy.ORIGIN, false);
    Sockets.close(socket);
    player.interrupt();
    reader.join(Limit.SAFETY.toMillis());
    player.join(Limit.SAFETY.toMillis());
    if (reader.isAlive() || player.isAlive()) {
      ledger.failed(new AssertionError("the script does not end on connection " + id));
    }
  }

  void write(byte[] bytes) {
    if (end.get() == EndedBy.SCRIPT) {
      throw new IllegalStateException("the script has already closed this connection");
    }
    try {
      socket.getOutputStream().write(bytes);
    } catch (IOException e) {
      end(EndedBy.PEER, true);
      countAbortOnce();
      throw new PeerGoneException("connection " + id, e);
    }
  }

  void answered() {
    ledger.answered();
  }

  void closeOrderly() {
    end(EndedBy.SCRIPT, false);
    try {
      socket.shutdownOutput();
    } catch (IOException e) {
      Sockets.close(socket); // the peer was faster
    }
  }

  void reset() {
    end(EndedBy.SCRIPT, false);
    Sockets.reset(socket);
  }

  /** Returns once either side has ended the connection. */
  void awaitEnd() {
    try {
      if (!ended.await(Limit.SAFETY.toNanos(), TimeUnit.NANOSECONDS)) {
        throw new AssertionError("still open after " + Limit.SAFETY + ": connection " + id);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while hanging", e);
    }
  }

  void noteIfPeerHasLeft(Exchange exchange) {
    if (exchange.isUnfinished()) {
      countAbortOnce();
    }
  }

  private void read() {
    var within = false;
    try {
      var in = new BufferedInputStream(socket.getInputStream());
      for (var index = 1; hasMore(in); index++) {
        within = true;
        receive(in, index);
        within = false;
      }
    } catch (MalformedException e) {
      ledger.failed(e);
    } catch (IOException e) {
      // reset by the peer, or closed on this side: either way the end
    } finally {
      end(EndedBy.PEER, within || received.stream().anyMatch(Exchange::isUnfinished));
      received.forEach(this::noteIfPeerHasLeft); // one may have begun to wait in between
      Sockets.close(socket);
      inbox.add(Optional.empty());
    }
  }

  private static boolean hasMore(InputStream in) throws IOException {
    in.mark(1);
    var more = in.read() >= 0;
    in.reset();
    return more;
  }

  private void receive(InputStream in, int index) throws IOException {
    var request = Request.read(in, id, index, ledger::bodyBytesReceived);
    if (end.get() == EndedBy.SCRIPT) {
      reset(); // as a server does that has closed and is sent more
    } else {
      var exchange = new Exchange(this, ledger.received(request));
      received.add(exchange);
      inbox.add(Optional.of(exchange));
    }
  }

  private void play() {
    try {
      for (var next = inbox.take(); next.isPresent(); next = inbox.take()) {
        if (end.get() != EndedBy.SCRIPT) {
          play(next.get());
        }
      }
    } catch (InterruptedException e) {
      // the origin is closing
    }
  }

  private void play(Exchange exchange) {
    var request = exchange.request();
    ledger.answering();
    try {
      scripts.apply(request).play(exchange);
      if (!exchange.hasActed() && end.get() == null) {
        throw new AssertionError("the script left the request unanswered: " + request.target());
      }
      if (request.headers().has("Connection", "close")) {
        closeOrderly();
      }
    } catch (PeerGoneException e) {
      // counted where it was met
    } catch (Throwable e) {
      if (!closing || e instanceof AssertionError) {
        ledger.failed(e);
      }
      reset();
    } finally {
      received.remove(exchange);
      exchange.answered();
    }
  }

  private void end(EndedBy by, boolean aborted) {
    if (end.compareAndSet(null, by)) {
      ledger.connectionClosed(aborted && abortCounted.compareAndSet(false, true));
      ended.countDown();
    }
  }

  private void countAbortOnce() {
    if (end.get() == EndedBy.PEER && abortCounted.compareAndSet(false, true)) {
      ledger.aborted();
    }
  }
}
