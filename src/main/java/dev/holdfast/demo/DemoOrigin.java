package dev.holdfast.demo;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.reactor.netty.NettyReactiveWebServerFactory;
import org.springframework.boot.web.server.WebServer;
import org.springframework.context.SmartLifecycle;
import org.springframework.http.client.ReactorResourceFactory;
import org.springframework.web.reactive.function.server.RouterFunctions;

/** The embedded slow origin: a web server of its own that listens on the loopback address only. */
class DemoOrigin implements SmartLifecycle {

  private static final Logger log = LoggerFactory.getLogger(DemoOrigin.class);
  private static final String LOOPBACK = "127.0.0.1";

  private final WebServer server;
  private volatile boolean running;

  /**
   * @param port where to listen; 0 takes any free port
   * @param eventLoops the event loops to share; null for reactor-netty's own
   */
  DemoOrigin(int port, DemoEndpoints endpoints, @Nullable ReactorResourceFactory eventLoops) {
    var factory = new NettyReactiveWebServerFactory(port);
    factory.addServerCustomizers(http -> http.host(LOOPBACK));
    factory.setResourceFactory(eventLoops);
    server = factory.getWebServer(RouterFunctions.toHttpHandler(endpoints.routes()));
  }

  /** The port listened on; -1 while stopped. */
  int port() {
    return server.getPort();
  }

  /** Scheme and authority, without a trailing slash. */
  String baseUrl() {
    return "http://" + LOOPBACK + ":" + port();
  }

  @Override
  public void start() {
    server.start();
    running = true;
    log.info("Demo origin at {}; cached under /demo, naively under /naive", baseUrl());
  }

  @Override
  public void stop() {
    running = false;
    server.stop();
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  /** After the event loops (0), long before whatever fetches; at the stop the other way round. */
  @Override
  public int getPhase() {
    return 1;
  }
}
