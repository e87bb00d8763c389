package dev.holdfast.scenario;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.AppenderBase;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.LongAdder;
import java.util.regex.Pattern;
import org.slf4j.LoggerFactory;

/** Takes the log's place: counts warnings and errors by event, and keeps the others. */
final class SoakLog extends AppenderBase<ILoggingEvent> implements AutoCloseable {

  private static final Pattern EVENT = Pattern.compile("\\bevent=([\\w-]+)");

  private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
  private final List<Appender<ILoggingEvent>> before = new ArrayList<>();
  private final Map<String, LongAdder> events = new ConcurrentHashMap<>();
  private final Queue<String> others = new ConcurrentLinkedQueue<>();

  /** To be made once nothing sets the log up any more. */
  SoakLog() {
    root.iteratorForAppenders().forEachRemaining(before::add);
    before.forEach(root::detachAppender);
    setContext(root.getLoggerContext());
    start();
    root.addAppender(this);
  }

  @Override
  protected void append(ILoggingEvent line) {
    if (!line.getLevel().isGreaterOrEqual(Level.WARN)) {
      return;
    }
    var event = EVENT.matcher(line.getFormattedMessage());
    if (event.find()) {
      events.computeIfAbsent(event.group(1), any -> new LongAdder()).increment();
    } else if (others.size() < 1000) {
      var proxy = line.getThrowableProxy();
      var thrown = proxy == null ? "" : " " + ThrowableProxyUtil.asString(proxy);
      others.add(line.getLoggerName() + ": " + line.getFormattedMessage() + thrown);
    }
  }

  /** How often each event was logged as a warning or an error. */
  Map<String, LongAdder> events() {
    return Map.copyOf(events);
  }

  /** The first warnings and errors that are no event. */
  List<String> others() {
    return List.copyOf(others);
  }

  @Override
  public void close() {
    root.detachAppender(this);
    before.forEach(root::addAppender);
  }
}
