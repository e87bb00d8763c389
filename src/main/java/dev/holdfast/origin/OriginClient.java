package dev.holdfast.origin;

import dev.holdfast.config.OriginSettings;
import dev.holdfast.config.PolicySettings;
import dev.holdfast.http.Fields;
import dev.holdfast.http.HopByHop;
import dev.holdfast.http.Ports;
import dev.holdfast.http.RequestHead;
import dev.holdfast.http.ResponseHead;
import dev.holdfast.http.Trailers;
import dev.holdfast.http.TransferEncoding;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.ssl.SslContext;
import java.net.ProtocolException;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.NettyOutbound;
import reactor.netty.NettyPipeline;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.client.HttpClientRequest;
import reactor.netty.http.client.HttpClientResponse;
import reactor.netty.resources.ConnectionProvider;
import reactor.netty.resources.LoopResources;

/** The HTTP/1.1 client of one origin: sends a request as given and hands over what comes back. */
final class OriginClient implements Exchange {

  private static final int MAX_HEAD_BYTES = 32 * 1024;

  /** Methods to whose requests the client adds no {@code Content-Length} of its own. */
  private static final Set<String> UNTOUCHED = Set.of("GET", "HEAD", "DELETE");

  private final String cacheName;
  private final OriginSettings settings;
  private final OutgoingFields outgoing;
  private final FetchTimeout fetchTimeout;
  private final ClientTimer clientTimer;
  private final ConnectionProvider connections;
  private final HttpClient client;

  /**
   * @param tls {@code null} for what the JVM trusts
   */
  OriginClient(
      String cacheName,
      OriginSettings settings,
      @Nullable SslContext tls,
      LoopResources loops,
      ConnectionProvider connections,
      FetchTimeout fetchTimeout,
      ClientTimer clientTimer) {
    this.cacheName = cacheName;
    this.clientTimer = clientTimer;
    this.settings = settings;
    this.outgoing = new OutgoingFields(cacheName, settings, settings.policy().key().headers());
    this.fetchTimeout = fetchTimeout;
    this.connections = connections;
    HttpClient plain =
        HttpClient.create(connections)
            .runOn(loops)
            .host(settings.baseUrl().getHost())
            .port(Ports.of(settings.baseUrl()))
            .option(
                ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) settings.connectTimeout().toMillis())
            .disableRetry(true)
            .doOnChannelInit((observer, channel, address) -> prepare(channel.pipeline()));
    this.client = settings.baseUrl().getScheme().equals("https") ? secure(plain, tls) : plain;
  }

  private OriginClient(OriginClient same, OutgoingFields outgoing, FetchTimeout fetchTimeout) {
    this.cacheName = same.cacheName;
    this.settings = same.settings;
    this.outgoing = outgoing;
    this.fetchTimeout = fetchTimeout;
    this.clientTimer = same.clientTimer;
    this.connections = same.connections;
    this.client = same.client;
  }

  private static HttpClient secure(HttpClient plain, @Nullable SslContext tls) {
    return tls == null ? plain.secure() : plain.secure(spec -> spec.sslContext(tls));
  }

  /** The same client, of the same connections, as a policy has it. */
  OriginClient under(PolicySettings policy, FetchTimeout itsFetchTimeout) {
    OutgoingFields fields = new OutgoingFields(cacheName, settings, policy.key().headers());
    return new OriginClient(this, fields, itsFetchTimeout);
  }

  private static void prepare(ChannelPipeline pipeline) {
    pipeline.replace(
        NettyPipeline.HttpCodec, NettyPipeline.HttpCodec, new ClientCodec(MAX_HEAD_BYTES));
    pipeline.addBefore(NettyPipeline.HttpCodec, ConnectionUse.NAME, new ConnectionUse());
    pipeline.addAfter(NettyPipeline.HttpCodec, ResponseWatch.NAME, new ResponseWatch());
  }

  /** The connections that an origin's fetches share. */
  static ConnectionProvider pool(OriginSettings settings) {
    return ConnectionProvider.builder("holdfast-" + settings.name())
        .maxConnections(settings.maxConnections())
        .pendingAcquireMaxCount(settings.maxConnections())
        .pendingAcquireTimeout(settings.connectTimeout())
        .maxIdleTime(settings.maxIdleTime())
        .maxLifeTime(settings.maxLifeTime())
        .evictInBackground(settings.maxIdleTime())
        .build();
  }

  @Override
  public Mono<Arrived> toLastByte(
      RequestHead request, @Nullable Flux<ByteBuf> body, Receiver receiver) {
    Mono<Arrived> once =
        Mono.deferContextual(
            context -> attempt(request, body, receiver, new Resend(), TraceFields.of(context)));
    if (!settings.resend() || !GuardedOrigin.isRepeatable(request, body)) {
      return once.onErrorMap(Failures::of);
    }
    return Mono.deferContextual(
            context -> {
              Resend resend = new Resend();
              return attempt(request, body, receiver, resend, TraceFields.of(context))
                  .onErrorResume(resend::isDue, failure -> once);
            })
        .onErrorMap(Failures::of);
  }

  private Mono<Arrived> attempt(
      RequestHead request,
      @Nullable Flux<ByteBuf> body,
      Receiver receiver,
      Resend resend,
      Fields trace) {
    ClientTimer.Try timed = clientTimer.begin(request.method());
    return client
        .doOnRequest((head, connection) -> resend.sending(connection.channel()))
        .request(HttpMethod.valueOf(request.method()))
        .uri(settings.baseUrl().getRawPath() + request.target())
        .send(
            (head, outbound) -> {
              ResponseWatch.of(head).begin(receiver);
              return send(outgoing.of(request, body != null, trace), body, head, outbound);
            })
        .response((response, pieces) -> receive(response, pieces, receiver, timed))
        .single()
        .doOnError(timed::failed)
        .doOnCancel(timed::cancelled);
  }

  private Publisher<Void> send(
      Fields fields, @Nullable Flux<ByteBuf> body, HttpClientRequest head, NettyOutbound outbound) {
    head.requestHeaders().clear();
    fields.forEach((name, value) -> head.requestHeaders().add(name, value));
    if (body != null) {
      return outbound.sendObject(body, piece -> true).then();
    }
    // left to itself the client would add a length to a request that has none
    boolean asItIs =
        !fields.contains("Content-Length") && !UNTOUCHED.contains(head.method().name());
    return asItIs ? outbound.then() : Mono.empty();
  }

  private Mono<Arrived> receive(
      HttpClientResponse response, Flux<ByteBuf> pieces, Receiver receiver, ClientTimer.Try timed) {
    if (!isUsable(response)) {
      return Mono.error(new ProtocolException("not to be passed on: " + response.status()));
    }
    ResponseHead head = headOf(response);
    timed.head(head.status());
    Mono<Arrived> arrived = Delivery.of(head, pieces, receiver, fetchTimeout);
    return head.fields().contains(Trailers.ANNOUNCED)
        ? arrived.flatMap(whole -> withTrailers(whole, response))
        : arrived;
  }

  /** The client has them by the time at which the body is whole. */
  private static Mono<Arrived> withTrailers(Arrived arrived, HttpClientResponse response) {
    return response
        .trailerHeaders()
        .map(ResponseWatch::fields)
        .map(all -> arrived.with(Trailers.announced(all, arrived.head().fields())));
  }

  /** Whether it is a final response in no transfer coding but chunked: none other is asked for. */
  private static boolean isUsable(HttpClientResponse response) {
    int status = response.status().code();
    return status >= 200
        && status <= 999
        && TransferEncoding.isNoneButChunked(
            response.responseHeaders().getAll(HttpHeaderNames.TRANSFER_ENCODING));
  }

  private static ResponseHead headOf(HttpClientResponse response) {
    return new ResponseHead(
        response.status().code(),
        response.status().reasonPhrase(),
        fieldsOf(ResponseWatch.fields(response.responseHeaders())),
        ResponseWatch.of(response).version());
  }

  private static Fields fieldsOf(Fields received) {
    Fields endToEnd = HopByHop.removedFrom(received);
    String trailers = Trailers.announcedBy(received);
    return trailers == null
        ? endToEnd
        : Fields.builder().addAll(endToEnd).add(Trailers.ANNOUNCED, trailers).build();
  }

  @Override
  public void close() {
    connections.dispose();
  }
}
