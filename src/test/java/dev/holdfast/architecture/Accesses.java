package dev.holdfast.architecture;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import dev.holdfast.store.Store;
import java.time.InstantSource;
import java.util.Date;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.function.Predicate;
import org.reactivestreams.Publisher;
import reactor.core.scheduler.Scheduler;

/** What the rules say of calls and of references to methods, which are calls to come. */
final class Accesses {

  private static final Set<String> SUBSCRIBING =
      Set.of(
          "subscribe",
          "subscribeWith",
          "toFuture",
          "connect",
          "autoConnect",
          "refCount",
          "share",
          "shareNext",
          "cache",
          "cacheInvalidateIf",
          "cacheInvalidateWhen");

  private static final Set<String> BLOCKING =
      Set.of("block", "blockOptional", "blockFirst", "blockLast", "toIterable", "toStream");

  private static final Set<String> WAITING =
      Set.of(
          "get", "join", "sync", "syncUninterruptibly", "await", "awaitUninterruptibly", "sleep");

  private static final Set<String> WRITING = Set.of("write", "renew");

  private static final Set<String> CHANGING = Set.of("write", "renew", "invalidate");

  private Accesses() {}

  /** A subscription, or what takes one behind the scenes and outlives or cancels it by itself. */
  static DescribedPredicate<JavaAccess<?>> subscribing() {
    return to(
        "subscribe, or share a subscription",
        target -> is(target, Publisher.class) && SUBSCRIBING.contains(target.getName()));
  }

  static DescribedPredicate<JavaAccess<?>> blocking() {
    return to(
        "block a thread",
        target ->
            (is(target, Publisher.class) && BLOCKING.contains(target.getName()))
                || ((is(target, Future.class)
                        || is(target, Thread.class)
                        || is(target, CountDownLatch.class))
                    && WAITING.contains(target.getName())));
  }

  static DescribedPredicate<JavaAccess<?>> writingToTheStore() {
    return to(
        "write to the store",
        target -> is(target, Store.class) && WRITING.contains(target.getName()));
  }

  static DescribedPredicate<JavaAccess<?>> changingTheStore() {
    return to(
        "change the store",
        target -> is(target, Store.class) && CHANGING.contains(target.getName()));
  }

  /** A clock that was given included: {@link dev.holdfast.config.Time} knows which is meant. */
  static DescribedPredicate<JavaAccess<?>> readingAClock() {
    return to("read a clock", Accesses::readsTheClock);
  }

  private static boolean readsTheClock(AccessTarget target) {
    String name = target.getName();
    String owner = target.getOwner().getName();
    if (is(target, InstantSource.class)) {
      return true;
    }
    if (owner.startsWith("java.time.") || is(target, Scheduler.class)) {
      return name.equals("now");
    }
    boolean newDate = is(target, Date.class) && name.equals("<init>");
    return name.equals("currentTimeMillis")
        || name.equals("nanoTime")
        || name.equals("systemTicker")
        || owner.equals("java.util.Calendar")
        || (newDate && parameters(target) == 0);
  }

  private static int parameters(AccessTarget target) {
    return target instanceof AccessTarget.CodeUnitAccessTarget codeUnit
        ? codeUnit.getRawParameterTypes().size()
        : -1;
  }

  private static boolean is(AccessTarget target, Class<?> type) {
    JavaClass owner = target.getOwner();
    return owner.isAssignableTo(type);
  }

  private static DescribedPredicate<JavaAccess<?>> to(
      String description, Predicate<AccessTarget> target) {
    return DescribedPredicate.describe(description, access -> target.test(access.getTarget()));
  }
}
