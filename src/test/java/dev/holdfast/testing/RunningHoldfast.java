package dev.holdfast.testing;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.holdfast.HoldfastApplication;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.SingleThreadEventLoop;
import java.time.Clock;
import java.time.Duration;
import java.util.stream.StreamSupport;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.http.client.ReactorResourceFactory;

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
    return new RunningHoldfast(
        new SpringApplicationBuilder(HoldfastApplication.class)
            .initializers(context -> prepare((GenericApplicationContext) context, ticker, calendar))
            .run(withPorts(arguments)));
  }

  private static void prepare(GenericApplicationContext context, Ticker ticker, Clock calendar) {
    context.registerBean(ReactorResourceFactory.class, RunningHoldfast::loopsOfItsOwn);
    context.registerBean(
        "tickerOfTheTest", Ticker.class, () -> ticker, bean -> bean.setPrimary(true));
    context.registerBean(
        "calendarOfTheTest", Clock.class, () -> calendar, bean -> bean.setPrimary(true));
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
