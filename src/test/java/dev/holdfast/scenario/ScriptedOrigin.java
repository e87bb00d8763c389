package dev.holdfast.scenario;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ServerSocketFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP/1.1 server on a port of its own whose every byte is scripted, per target.
 *
 * <p>A script that fails, a request without a script and one left unanswered make {@link #close}
 * throw; a peer that leaves does not. All waits end in an {@link AssertionError} after {@link
 * Limit#SAFETY}.
 */
final class ScriptedOrigin implements AutoCloseable {

  private static final int BACKLOG = 1024;

  private final Ledger ledger = new Ledger();
  private final Map<String, Script> scripts = new ConcurrentHashMap<>();
  private final String scheme;
  private final ServerSocket server;
  private volatile @Nullable Script otherwise;

  // guarded by connections
  private final List<OriginConnection> connections = new ArrayList<>();
  private boolean closing;

  ScriptedOrigin() {
    this(ServerSocketFactory.getDefault(), "http");
  }

  /** One over TLS that wants to see a certificate. */
  ScriptedOrigin(SSLContext tls) {
    this(tls.getServerSocketFactory(), "https");
  }

  private ScriptedOrigin(ServerSocketFactory sockets, String scheme) {
    this.scheme = scheme;
    try {
      server = sockets.createServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    if (server instanceof SSLServerSocket secure) {
      secure.setNeedClientAuth(true);
    }
    var acceptor = new Thread(this::accept, "origin-acceptor-" + server.getLocalPort());
    acceptor.setDaemon(true);
    acceptor.start();
  }

  /**
   * Scripts a target, or a path whatever its query; the target wins. A later script replaces an
   * earlier one.
   */
  ScriptedOrigin on(String target, Script script) {
    scripts.put(target, script);
    return this;
  }

  /** Answers the target with {@code ok} once the gate is open. */
  ScriptedOrigin onHeld(String target, Gate gate) {
    return on(target, Script.held(gate, "ok"));
  }

  /** Scripts all targets that have no script of their own. */
  ScriptedOrigin otherwise(Script script) {
    otherwise = script;
    return this;
  }

  /** Keeps no requests from now on, so that it does not grow with them. */
  ScriptedOrigin forgetful() {
    ledger.forget();
    return this;
  }

  int port() {
    return server.getLocalPort();
  }

  String baseUrl() {
    return scheme + "://127.0.0.1:" + port();
  }

  /** The requests received whole, in order. */
  List<Request> requests() {
    return ledger.requests();
  }

  int requests(String target) {
    return ledger.requests(target);
  }

  int requestsTotal() {
    return ledger.requests().size();
  }

  void awaitRequests(String target, int count) {
    ledger.await(() -> ledger.requests(target) >= count, () -> count + " requests of " + target);
  }

  void awaitRequestsTotal(int count) {
    ledger.await(() -> requestsTotal() >= count, () -> count + " requests");
  }

  /** Content received so far in all requests, unfinished ones too. */
  long bodyBytes() {
    return ledger.bodyBytes();
  }

  void awaitBodyBytes(long count) {
    ledger.await(() -> bodyBytes() >= count, () -> count + " bytes of requests' content");
  }

  /** The most requests that were being answered at any one moment. */
  int mostAtOnce() {
    return ledger.mostAtOnce();
  }

  /** Waits until that many requests have been answered at one moment; received comes earlier. */
  void awaitAtOnce(int count) {
    ledger.await(() -> mostAtOnce() >= count, () -> count + " requests answered at once");
  }

  /** Connections ever accepted. */
  int connections() {
    return ledger.accepted();
  }

  /** Connections that neither side has ended. */
  int openConnections() {
    return ledger.open();
  }

  /** Await a request first: a connection that is still to be accepted is not open either. */
  void awaitNoOpenConnections() {
    ledger.await(() -> openConnections() == 0, () -> "no open connections");
  }

  /**
   * Connections that the peer ended before the answer was whole. After raw bytes only waiting or
   * writing shows that more was to come.
   */
  int abortedByPeer() {
    return ledger.abortedByPeer();
  }

  void awaitAbortedByPeer(int count) {
    ledger.await(() -> abortedByPeer() >= count, () -> count + " exchanges aborted by the peer");
  }

  @Override
  public void close() {
    List<OriginConnection> toShut;
    synchronized (connections) {
      closing = true;
      toShut = List.copyOf(connections);
    }
    try {
      server.close();
      for (var connection : toShut) {
        connection.shut();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    ledger.rethrowFailures();
  }

  private void accept() {
    try {
      while (true) {
        begin(server.accept());
      }
    } catch (IOException e) {
      synchronized (connections) {
        if (!closing) {
          ledger.failed(e);
        }
      }
    }
  }

  private void begin(Socket socket) throws IOException {
    socket.setTcpNoDelay(true);
    synchronized (connections) {
      if (closing) {
        socket.close();
        return;
      }
      connections.removeIf(OriginConnection::isOver);
      var connection = new OriginConnection(socket, ledger, this::script);
      connections.add(connection);
      connection.start();
    }
  }

  private Script script(Request request) {
    var script = scripts.getOrDefault(request.target(), scripts.get(request.path()));
    if (script == null) {
      script = otherwise;
    }
    if (script == null) {
      throw new AssertionError("no script for " + request.method() + " " + request.target());
    }
    return script;
  }
}
