package dev.holdfast.web;

import dev.holdfast.config.HoldfastProperties;
import dev.holdfast.config.Time;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import org.springframework.boot.reactor.netty.NettyReactiveWebServerFactory;
import org.springframework.boot.reactor.netty.autoconfigure.NettyServerProperties;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.stereotype.Component;
import reactor.netty.Connection;
import reactor.netty.ConnectionObserver;
import reactor.netty.NettyPipeline;
import reactor.netty.http.server.HttpServer;

/**
 * The callers' port: has each connection watched for callers that are too slow, what comes on it
 * checked, and HTTP/2 bounded.
 */
@Component
final class CallersServer implements WebServerFactoryCustomizer<NettyReactiveWebServerFactory> {

  /**
   * How much of what the system has not sent yet it takes for one connection, where it can be told:
   * by megabytes that lie there a caller who reads slowly would look as if it did not read at all.
   */
  private static final Long MAX_UNSENT_BYTES = 128L * 1024;

  /** By its name: which transport there is shows at run time. */
  private static final ChannelOption<Long> NOT_SENT =
      ChannelOption.valueOf("io.netty.channel.epoll.EpollChannelOption#TCP_NOTSENT_LOWAT");

  /** Of one HTTP/2 connection, which would otherwise have as many as it likes. */
  private static final int MAX_STREAMS = 100;

  private final CallerTimes times;
  private final ShutdownDelay shutdown;
  private final int maxLineBytes;
  private final int maxHeadBytes;

  CallersServer(
      HoldfastProperties properties,
      ServerProperties server,
      NettyServerProperties netty,
      ShutdownDelay shutdown,
      Time time) {
    this.times = CallerTimes.of(properties.callers(), time);
    this.shutdown = shutdown;
    this.maxLineBytes = Math.toIntExact(netty.getMaxInitialLineLength().toBytes());
    this.maxHeadBytes = Math.toIntExact(server.getMaxHttpRequestHeaderSize().toBytes());
  }

  @Override
  public void customize(NettyReactiveWebServerFactory factory) {
    factory.addServerCustomizers(this::watched, this::limited);
  }

  private HttpServer watched(HttpServer server) {
    return server
        .doOnChannelInit((observer, channel, address) -> watch(channel))
        .childObserve(this::tell);
  }

  /** Takes the place of Spring Boot's own settings, which are of the head's size alone. */
  private HttpServer limited(HttpServer server) {
    return server.http2Settings(
        settings -> settings.maxConcurrentStreams(MAX_STREAMS).maxHeaderListSize(maxHeadBytes));
  }

  private void watch(Channel channel) {
    channel.config().setOption(NOT_SENT, MAX_UNSENT_BYTES); // others than epoll take no notice
    ChannelPipeline pipeline = channel.pipeline();
    pipeline.addFirst(CallerConnection.NAME, new CallerConnection(times, channel));
    boolean encrypted = pipeline.get(NettyPipeline.SslHandler) != null;
    pipeline.addAfter(
        encrypted ? NettyPipeline.SslHandler : CallerConnection.NAME,
        LineCheck.NAME,
        new LineCheck(maxLineBytes, maxHeadBytes));
  }

  private void tell(Connection request, ConnectionObserver.State state) {
    CallerConnection connection = CallerConnection.of(request.channel());
    if (connection == null) {
      return;
    }
    if (state == ConnectionObserver.State.CONFIGURED) {
      connection.began(request.channel());
      if (shutdown.hasBegun()) {
        connection.askToLeave(request);
      }
    } else if (state == ConnectionObserver.State.DISCONNECTING) {
      connection.answered(request.channel());
    }
  }
}
