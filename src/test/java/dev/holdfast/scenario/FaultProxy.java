package dev.holdfast.scenario;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;

/**
 * A way over TCP to another port of this machine, with faults that can be switched at any time, for
 * each direction.
 *
 * <p>A connection that waits for bytes meets another fault with the next of them.
 */
final class FaultProxy implements AutoCloseable {

  private static final int BACKLOG = 1024;

  private final IntSupplier target;
  private final ServerSocket server;
  private final FaultSwitch requests = new FaultSwitch();
  private final FaultSwitch responses = new FaultSwitch();
  private final AtomicInteger accepted = new AtomicInteger();
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  FaultProxy(int target) {
    this(() -> target);
  }

  /** One that asks with each connection where it goes. */
  FaultProxy(IntSupplier target) {
    this.target = target;
    try {
      server = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    var acceptor = new Thread(this::accept, "proxy-acceptor-" + port());
    acceptor.setDaemon(true);
    acceptor.start();
  }

  static FaultProxy before(ScriptedOrigin origin) {
    return new FaultProxy(origin.port());
  }

  int port() {
    return server.getLocalPort();
  }

  String baseUrl() {
    return "http://127.0.0.1:" + port();
  }

  /** Sets the fault of what goes to the target. */
  FaultProxy onRequests(Fault fault) {
    requests.set(fault);
    return this;
  }

  /** Sets the fault of what comes back. */
  FaultProxy onResponses(Fault fault) {
    responses.set(fault);
    return this;
  }

  /** Connections ever accepted. */
  int connections() {
    return accepted.get();
  }

  /** Connections that have not ended in both directions. */
  int openConnections() {
    return open.size() / 2;
  }

  /** Resets all connections; new ones can be made. */
  void resetAll() {
    open.forEach(Sockets::reset);
  }

  @Override
  public void close() {
    closed = true;
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    resetAll();
    requests.set(Fault.NONE); // whoever stalls sees that it is over
    responses.set(Fault.NONE);
  }

  private void accept() {
    while (!closed) {
      try {
        carry(server.accept());
      } catch (IOException e) {
        // closed, or a caller who has left already
      }
    }
  }

  private void carry(Socket caller) throws IOException {
    accepted.incrementAndGet();
    Socket origin;
    try {
      origin = new Socket(InetAddress.getLoopbackAddress(), target.getAsInt());
    } catch (IOException e) {
      Sockets.reset(caller);
      throw e;
    }
    for (var socket : new Socket[] {caller, origin}) {
      socket.setTcpNoDelay(true);
      open.add(socket);
    }
    var running = new AtomicInteger(2);
    Runnable ended =
        () -> {
          if (running.decrementAndGet() == 0) {
            Sockets.close(caller);
            Sockets.close(origin);
            open.remove(caller);
            open.remove(origin);
          }
        };
    var name = "proxy-" + port() + "-" + accepted.get();
    new FaultPump(name + "-requests", caller, origin, requests, ended).start();
    new FaultPump(name + "-responses", origin, caller, responses, ended).start();
    if (closed) {
      resetAll();
    }
  }
}
