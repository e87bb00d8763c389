package dev.holdfast.springcache;

import dev.holdfast.fill.Loads;
import dev.holdfast.fill.Values;
import dev.holdfast.http.CacheKey;
import dev.holdfast.http.Fields;
import dev.holdfast.store.Entry;
import dev.holdfast.store.Scope;
import dev.holdfast.store.Store;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.cache.Cache;
import org.springframework.cache.support.SimpleValueWrapper;

/**
 * One origin's part of the store as Spring's {@link Cache}.
 *
 * <p>A response's key is its target, such as {@code /items/1?x=y}; its value is the stored
 * response's head. Values that Spring's annotations cache lie beside them under keys of their own.
 * {@code evict} and {@code clear} also reach what is in flight (law 2).
 */
public final class HoldfastCache implements Cache {

  private final String name;
  private final Store store;
  private final Loads loads;

  HoldfastCache(String name, Store store, Loads loads) {
    this.name = name;
    this.store = store;
    this.loads = loads;
  }

  @Override
  public String getName() {
    return name;
  }

  @Override
  public Store getNativeCache() {
    return store;
  }

  @Override
  public @Nullable ValueWrapper get(Object key) {
    return wrapped(store.find(key(key), Fields.EMPTY));
  }

  @Override
  public <T> @Nullable T get(Object key, @Nullable Class<T> type) {
    ValueWrapper wrapper = get(key);
    Object value = wrapper == null ? null : wrapper.get();
    if (value != null && type != null && !type.isInstance(value)) {
      throw new IllegalStateException(
          "the value cached in " + name + " is not of the type " + type.getName());
    }
    @SuppressWarnings("unchecked")
    T typed = (T) value;
    return typed;
  }

  /** Loads for each caller on its own: joining another's load would block the thread. */
  @Override
  public <T> @Nullable T get(Object key, Callable<T> valueLoader) {
    ValueWrapper wrapper = get(key);
    if (wrapper == null) {
      long began = store.begin();
      T loaded = call(key, valueLoader);
      loads.store(key(key), loaded, began);
      return loaded;
    }
    @SuppressWarnings("unchecked")
    T cached = (T) wrapper.get();
    return cached;
  }

  private static <T> T call(Object key, Callable<T> valueLoader) {
    try {
      return valueLoader.call();
    } catch (Exception failure) {
      throw new ValueRetrievalException(key, valueLoader, failure);
    }
  }

  /** The value in a wrapper, for a bare {@code null} would mean a miss. */
  @Override
  public @Nullable CompletableFuture<?> retrieve(Object key) {
    ValueWrapper wrapper = get(key);
    return wrapper == null ? null : CompletableFuture.completedFuture(wrapper);
  }

  @Override
  @SuppressWarnings("unchecked")
  public <T> CompletableFuture<T> retrieve(Object key, Supplier<CompletableFuture<T>> valueLoader) {
    return (CompletableFuture<T>) loads.load(key(key), valueLoader);
  }

  @Override
  public void put(Object key, @Nullable Object value) {
    loads.put(key(key), value);
  }

  @Override
  public @Nullable ValueWrapper putIfAbsent(Object key, @Nullable Object value) {
    return wrapped(loads.putIfAbsent(key(key), value));
  }

  @Override
  public void evict(Object key) {
    store.invalidate(name, new Scope.Target(key));
  }

  /** As {@link #evict}; the response's variants count as one mapping, what is in flight as none. */
  @Override
  public boolean evictIfPresent(Object key) {
    boolean present = store.hasVariants(key(key));
    evict(key);
    return present;
  }

  /**
   * As {@code invalidate()}, for which Spring's default stands: it says that nothing is known to
   * have been there, for nothing is searched for.
   */
  @Override
  public void clear() {
    store.invalidate(name, new Scope.Everything());
  }

  private static @Nullable ValueWrapper wrapped(@Nullable Entry entry) {
    return entry == null ? null : new SimpleValueWrapper(Values.of(entry));
  }

  private CacheKey key(Object key) {
    return new CacheKey(name, key);
  }
}
