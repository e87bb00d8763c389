package dev.holdfast.architecture.broken.fill;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Blocks a thread, which not even the fill room may. */
public final class Blocks {

  @Nullable String block(Mono<String> mono) {
    return mono.block();
  }

  @Nullable String blockForAWhile(Mono<String> mono) {
    return mono.block(Duration.ZERO);
  }

  Optional<String> blockOptional(Mono<String> mono) {
    return mono.blockOptional();
  }

  @Nullable String blockFirst(Flux<String> flux) {
    return flux.blockFirst();
  }

  @Nullable String blockLast(Flux<String> flux) {
    return flux.blockLast();
  }

  Iterable<String> iterable(Flux<String> flux) {
    return flux.toIterable();
  }

  Stream<String> stream(Flux<String> flux) {
    return flux.toStream();
  }

  Function<Mono<String>, @Nullable String> byReference() {
    return Mono::block;
  }

  String join(CompletableFuture<String> future) {
    return future.join();
  }

  String get(Future<String> future) throws Exception {
    return future.get();
  }

  void await(CountDownLatch latch) throws InterruptedException {
    latch.await();
  }

  void syncWithNetty(io.netty.util.concurrent.Future<String> future) throws InterruptedException {
    future.sync();
  }

  void joinThread(Thread thread) throws InterruptedException {
    thread.join();
  }

  @SuppressWarnings("ThreadSleepMillis")
  void sleep() throws InterruptedException {
    Thread.sleep(1);
  }
}
