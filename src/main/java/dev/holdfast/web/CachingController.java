package dev.holdfast.web;

import dev.holdfast.config.HoldfastProperties;
import dev.holdfast.config.Time;
import dev.holdfast.fill.BodyAborted;
import dev.holdfast.fill.CallerTrace;
import dev.holdfast.http.Fields;
import dev.holdfast.http.Prefer;
import dev.holdfast.http.RequestHead;
import dev.holdfast.http.ResponseHead;
import dev.holdfast.http.Via;
import dev.holdfast.service.Answer;
import dev.holdfast.service.Answering;
import dev.holdfast.service.CacheService;
import dev.holdfast.service.CachedOrigin;
import dev.holdfast.service.CachedOrigins;
import dev.holdfast.service.CallerRequest;
import dev.holdfast.service.ProblemType;
import dev.holdfast.service.Problems;
import dev.holdfast.trace.Traces;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.observation.ServerRequestObservationContext;
import org.springframework.stereotype.Controller;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebHandler;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The callers' door: takes any request, hands it to the service, and has the answer written. */
@Controller
final class CachingController implements WebHandler {

  private final CachedOrigins origins;
  private final CacheService service;
  private final AnswerWriter writer;
  private final PurgeRequests purges;
  private final Traces traces;
  private final String cacheName;
  private final Duration maxPatience;
  private final CallerTimes times;

  CachingController(
      CachedOrigins origins,
      CacheService service,
      AnswerWriter writer,
      PurgeRequests purges,
      Traces traces,
      HoldfastProperties properties,
      Time time) {
    this.origins = origins;
    this.service = service;
    this.writer = writer;
    this.purges = purges;
    this.traces = traces;
    this.cacheName = properties.name();
    this.maxPatience = properties.callers().maxPatience();
    this.times = CallerTimes.of(properties.callers(), time);
  }

  @Override
  public Mono<Void> handle(ServerWebExchange exchange) {
    ServerHttpRequest request = exchange.getRequest();
    Refusal refusal = CallerRequests.refusalOf(request);
    if (refusal != null) {
      tagObservation(exchange, null);
      return refuse(exchange, refusal.type(), refusal.detail());
    }
    URI uri = request.getURI();
    CachedOrigin origin = origins.match(uri.getRawPath());
    tagObservation(exchange, origin);
    if (origin == null) {
      String detail = "no origin's path-prefix covers " + uri.getRawPath();
      return refuse(exchange, ProblemType.NO_SUCH_ORIGIN, detail);
    }
    if (uri.getRawFragment() != null) {
      return refuse(exchange, ProblemType.BAD_REQUEST, "the request target has a fragment");
    }
    Fields fields = CallerRequests.fieldsOf(request);
    RequestHead head = CallerRequests.headOf(request, fields, origin.settings());
    String objection = Admission.objection(head, fields);
    if (objection != null) {
      return refuse(exchange, ProblemType.BAD_REQUEST, objection);
    }
    if (Via.names(head.fields(), cacheName)) {
      String detail = "its Via names " + cacheName + " already: an origin leads back to here";
      return refuse(exchange, ProblemType.LOOP, detail);
    }
    if (head.method().equals("PURGE")) {
      return purges.ofTarget(exchange, origin.settings().name(), head);
    }
    Answer own = MaxForwards.answer(head, fields);
    return own == null
        ? forward(exchange, origin, MaxForwards.lessOne(head))
        : writer.write(exchange, own);
  }

  private Mono<Void> forward(ServerWebExchange exchange, CachedOrigin origin, RequestHead head) {
    ServerHttpRequest request = exchange.getRequest();
    boolean hasPatience = head.isGetOrHead(); // others wait for as long as it takes
    Prefer prefer = hasPatience ? Prefer.of(head.fields(), maxPatience) : Prefer.NOTHING;
    CallerRequest caller =
        new CallerRequest(
            origin,
            hasPatience ? head.withFields(Prefer.removedFrom(head.fields())) : head,
            prefer,
            bodyOf(request),
            CallerRequests.executorOf(request),
            traceOf(exchange, head));
    return service
        .answer(caller, new Writing(exchange, prefer, origin.settings().exposeTags()))
        .onErrorComplete(BodyAborted.class) // the connection is closed: the caller knows
        .onErrorComplete(failure -> wasTooSlow(request));
  }

  private CallerTrace traceOf(ServerWebExchange exchange, RequestHead head) {
    return ServerRequestObservationContext.findCurrent(exchange.getAttributes())
        .map(context -> traces.of(context, head.fields()))
        .orElse(CallerTrace.NONE);
  }

  /** The body, whose caller may not keep the origin waiting for long. */
  private @Nullable Flux<ByteBuf> bodyOf(ServerHttpRequest request) {
    Flux<ByteBuf> body = CallerRequests.bodyOf(request);
    Channel channel = CallerRequests.connectionOf(request).channel();
    CallerConnection connection = CallerConnection.of(channel);
    return body == null || connection == null
        ? body
        : UploadPace.watch(body, times, channel, connection::receivedBytes);
  }

  private static boolean wasTooSlow(ServerHttpRequest request) {
    return CallerConnection.wasTooSlow(CallerRequests.connectionOf(request).channel());
  }

  /** Writes what one caller is answered. */
  private final class Writing implements Answering {
    private final ServerWebExchange exchange;
    private final Prefer prefer;
    private final boolean exposeTags;

    private Writing(ServerWebExchange exchange, Prefer prefer, boolean exposeTags) {
      this.exchange = exchange;
      this.prefer = prefer;
      this.exposeTags = exposeTags;
    }

    @Override
    public Mono<Void> write(Answer answer) {
      if (answer.cacheStatus().forwarded() != null) {
        AnswerWriter.tell(exchange, prefer.applied(answer instanceof Answer.Accepted));
      }
      boolean withoutTags = !exposeTags && answer instanceof Answer.Response;
      return writer.write(
          exchange, withoutTags ? ((Answer.Response) answer).withoutTags() : answer);
    }

    @Override
    public void writeInterim(ResponseHead response) {
      InterimWriter.write(exchange.getRequest(), response, cacheName);
    }

    @Override
    public boolean wasTooSlow() {
      return CachingController.wasTooSlow(exchange.getRequest());
    }
  }

  /** Has {@code http.server.requests} tagged by the origin's prefix, never by the path. */
  private static void tagObservation(ServerWebExchange exchange, @Nullable CachedOrigin origin) {
    String prefix = origin == null ? "" : origin.settings().pathPrefix();
    ServerRequestObservationContext.findCurrent(exchange.getAttributes())
        .ifPresent(context -> context.setPathPattern(prefix + "/**"));
  }

  private Mono<Void> refuse(ServerWebExchange exchange, ProblemType type, String detail) {
    return writer.write(exchange, Problems.refusal(type, detail));
  }
}
