package dev.holdfast.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.fill.Fills;
import dev.holdfast.testing.RunningHoldfast;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.data.LinkData;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Callers say where they stand in a trace (W3C), and the fetch that they set off is part of it. */
class TracesTest {

  private static final String ONE = "0af7651916cd43dd8448eb211c80319c";
  private static final String OTHER = "1af7651916cd43dd8448eb211c80319c";
  private static final String SPAN = "b7ad6b7169203331";

  private final Gate gate = new Gate();
  private final InMemorySpanExporter spans = InMemorySpanExporter.create();
  private final ScriptedOrigin collector =
      new ScriptedOrigin().otherwise(exchange -> exchange.ok(""));
  private final ScriptedOrigin origin =
      new ScriptedOrigin()
          .on(
              "/stale",
              exchange -> exchange.ok("s", "Cache-Control: max-age=0, stale-while-revalidate=60"))
          .on("/held", Script.held(gate, "held", "Cache-Control: max-age=60"))
          .otherwise(exchange -> exchange.ok("fine", "Cache-Control: max-age=60"));
  private final RunningHoldfast holdfast =
      RunningHoldfast.start(
          spans,
          "--holdfast.origins.catalog.base-url=" + origin.baseUrl(),
          "--management.opentelemetry.tracing.export.otlp.endpoint="
              + collector.baseUrl()
              + "/v1/traces",
          "--management.opentelemetry.tracing.export.schedule-delay=5ms",
          "--management.tracing.sampling.probability=1.0",
          "--management.tracing.baggage.remote-fields=tenant");

  @AfterEach
  void stop() {
    gate.open();
    holdfast.close();
    collector.close();
    origin.close();
  }

  @Test
  void fetch_isAChildOfTheRequestThatSetItOff_andCarriesWhatIsAllowed() {
    get("/one", ONE, "tracestate: vendor=1", "baggage: tenant=a, secret=b");

    var fill = awaitSpan(span -> span.getKind() == SpanKind.CLIENT);
    var server = awaitSpan(span -> span.getKind() == SpanKind.SERVER);
    assertThat(server.getTraceId()).isEqualTo(ONE);
    assertThat(server.getParentSpanId()).isEqualTo(SPAN);
    assertThat(fill.getParentSpanId()).isEqualTo(server.getSpanId());
    assertThat(fill.getAttributes().asMap().toString())
        .contains("holdfast.result=stored", "url.path=/one", "http.response.status_code=200");

    var sent = origin.requests().get(0).headers();
    assertThat(sent.values("traceparent"))
        .containsExactly("00-" + ONE + "-" + fill.getSpanId() + "-01");
    assertThat(sent.values("tracestate")).containsExactly("vendor=1");
    assertThat(sent.values("baggage")).containsExactly("tenant=a");
    collector.awaitRequestsTotal(1);
  }

  @Test
  void callersWhoJoin_areLinked() {
    try (var first = RawCaller.connect(holdfast.port());
        var second = RawCaller.connect(holdfast.port())) {
      first.get("/catalog/held", parent(ONE));
      origin.awaitRequestsTotal(1);
      second.get("/catalog/held", parent(OTHER));
      Await.until(() -> attached() == 2, "both are attached");
      gate.open();
      first.readResponse();
      second.readResponse();
    }

    var fill = awaitSpan(span -> span.getKind() == SpanKind.CLIENT);
    var joined = awaitSpan(s -> s.getKind() == SpanKind.SERVER && s.getTraceId().equals(OTHER));
    assertThat(fill.getTraceId()).isEqualTo(ONE);
    assertThat(fill.getLinks())
        .extracting(link -> link.getSpanContext().getSpanId())
        .containsExactly(joined.getSpanId());
  }

  @Test
  void fetchInTheBackground_isATraceOfItsOwn_linkedToWhoSetItOff() {
    get("/stale", ONE);
    get("/stale", OTHER);

    var fill =
        awaitSpan(span -> span.getKind() == SpanKind.CLIENT && !span.getTraceId().equals(ONE));
    assertThat(fill.getTraceId()).isNotEqualTo(OTHER);
    assertThat(fill.getLinks())
        .extracting(LinkData::getSpanContext)
        .extracting(context -> context.getTraceId())
        .containsExactly(OTHER);
  }

  @Test
  void meters_haveTheTraceAsAnExemplar() {
    get("/one", ONE);

    var figures =
        RawCaller.once(
            holdfast.managementPort(),
            "GET",
            "/actuator/prometheus",
            "Accept: application/openmetrics-text; version=1.0.0");
    assertThat(figures.text().lines())
        .anyMatch(line -> line.startsWith("holdfast_requests_seconds_bucket") && line.contains(ONE))
        .anyMatch(line -> line.startsWith("holdfast_fills_seconds_bucket") && line.contains(ONE));
  }

  private void get(String target, String trace, String... headers) {
    var all = new ArrayList<>(List.of(headers));
    all.add(parent(trace));
    var response =
        RawCaller.once(holdfast.port(), "GET", "/catalog" + target, all.toArray(String[]::new));
    assertThat(response.status()).isEqualTo(200);
  }

  private static String parent(String trace) {
    return "traceparent: 00-" + trace + "-" + SPAN + "-01";
  }

  private int attached() {
    return holdfast.bean(Fills.class).running().stream().mapToInt(fill -> fill.callers()).sum();
  }

  private SpanData awaitSpan(Predicate<SpanData> which) {
    Await.until(() -> spans.getFinishedSpanItems().stream().anyMatch(which), "the span has ended");
    return spans.getFinishedSpanItems().stream().filter(which).findFirst().orElseThrow();
  }
}
