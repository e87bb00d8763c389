package dev.holdfast.testing;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.holdfast.HoldfastApplication;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.SingleThreadEventLoop;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.time.Clock;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.stream.StreamSupport;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.http.client.ReactorResourceFactory;
import reactor.core.scheduler.Scheduler;

/** The service itself, in this JVM, on ports and event loops of its own. */
public final class RunningHoldfast implements AutoCloseable {

  private final ConfigurableApplicationContext context;

  private RunningHoldfast(ConfigurableApplicationContext context) {
    this.context = context;
  }

  /** Starts it with those arguments, of which the ports need not be any. */
  public static RunningHoldfast start(String... arguments) {
    return start(Ticker.systemTicker(), arguments);
  }

  /** Starts it with a time of the test's that passes. */
  public static RunningHoldfast start(Ticker ticker, String... arguments) {
    return start(ticker, Clock.systemUTC(), arguments);
  }

  /** Starts it with a time of the test's that passes, and one that the calendar says. */
  public static RunningHoldfast start(Ticker ticker, Clock calendar, String... arguments) {
    return start(
        context -> {
          primary(context, Ticker.class, ticker);
          primary(context, Clock.class, calendar);
        },
        arguments);
  }

  /** Starts it with a timer of the test's, which runs its time-outs. */
  public static RunningHoldfast start(Scheduler timer, String... arguments) {
    return start(context -> primary(context, Scheduler.class, timer), arguments);
  }

  /** Starts it with one more place that spans go to. */
  public static RunningHoldfast start(SpanExporter spans, String... arguments) {
    return start(
        context -> context.registerBean("spansOfTheTest", SpanExporter.class, () -> spans),
        arguments);
  }

  private static RunningHoldfast start(
      Consumer<GenericApplicationContext> preparation, String... arguments) {
    return new RunningHoldfast(
        new SpringApplicationBuilder(HoldfastApplication.class)
            .initializers(context -> prepare((GenericApplicationContext) context, preparation))
            .run(withPorts(arguments)));
  }

  private static void prepare(
      GenericApplicationContext context, Consumer<GenericApplicationContext> preparation) {
    context.registerBean(ReactorResourceFactory.class, RunningHoldfast::loopsOfItsOwn);
    preparation.accept(context);
  }

  /** Takes the place of the bean of that type. */
  private static <T> void primary(GenericApplicationContext context, Class<T> type, T bean) {
    context.registerBean(
        type.getSimpleName() + "OfTheTest", type, () -> bean, it -> it.setPrimary(true));
  }

  private static String[] withPorts(String... arguments) {
    String[] all = new String[arguments.length + 2];
    all[0] = "--server.port=0";
    all[1] = "--management.server.port=0";
    System.arraycopy(arguments, 0, all, 2, arguments.length);
    return all;
  }

  /** Closing the context would otherwise close loops that others in this JVM run on. */
  public static ReactorResourceFactory loopsOfItsOwn() {
    ReactorResourceFactory loops = new ReactorResourceFactory();
    loops.setUseGlobalResources(false);
    loops.setShutdownQuietPeriod(Duration.ZERO);
    return loops;
  }

  /** The callers' port. */
  public int port() {
    return context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
  }

  /** The operators' port. */
  public int managementPort() {
    return context.getEnvironment().getRequiredProperty("local.management.port", Integer.class);
  }

  /** The number of event loops that serve callers. */
  public int loops() {
    return (int) StreamSupport.stream(callersLoops().spliterator(), false).count();
  }

  /** The number of sockets on the callers' event loops, those that listen included. */
  public int connections() {
    return StreamSupport.stream(callersLoops().spliterator(), false)
        .mapToInt(loop -> ((SingleThreadEventLoop) loop).registeredChannels())
        .sum();
  }

  private EventLoopGroup callersLoops() {
    return bean(ReactorResourceFactory.class).getLoopResources().onServer(true);
  }

  public <T> T bean(Class<T> type) {
    return context.getBean(type);
  }

  @Override
  public void close() {
    context.close();
  }
}
