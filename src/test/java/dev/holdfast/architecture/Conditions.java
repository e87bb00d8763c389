package dev.holdfast.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.lang.reflect.Method;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.Future;
import org.jspecify.annotations.NullMarked;
import org.reactivestreams.Publisher;
import org.springframework.cache.annotation.AnnotationCacheOperationSource;
import org.springframework.cache.interceptor.CacheOperation;
import org.springframework.cache.interceptor.CacheableOperation;

/** What the rules ask of methods and classes. */
final class Conditions {

  /** What a method returns that brings its value later. */
  private static final List<Class<?>> TO_COME =
      List.of(Publisher.class, Flow.Publisher.class, Future.class, CompletionStage.class);

  private Conditions() {}

  /**
   * Without {@code sync} Spring stores on the caller's own subscription, and a caller that leaves
   * takes the write with it. Spring itself is asked what the annotations come to.
   */
  static ArchCondition<JavaMethod> beSyncWhereReactiveAndCacheable() {
    var operations = new AnnotationCacheOperationSource(false);
    return new ArchCondition<>("be sync where it is reactive and cacheable") {
      @Override
      public void check(JavaMethod method, ConditionEvents events) {
        JavaClass type = method.getRawReturnType();
        if (TO_COME.stream().anyMatch(type::isAssignableTo)) {
          Method reflected = method.reflect();
          boolean kept =
              operationsOf(operations, reflected).stream().noneMatch(Conditions::storesOutside);
          events.add(new SimpleConditionEvent(method, kept, method.getDescription()));
        }
      }
    };
  }

  private static Collection<CacheOperation> operationsOf(
      AnnotationCacheOperationSource source, Method method) {
    var operations = source.getCacheOperations(method, method.getDeclaringClass());
    return operations == null ? List.of() : operations;
  }

  private static boolean storesOutside(CacheOperation operation) {
    return operation instanceof CacheableOperation cacheable && !cacheable.isSync();
  }

  static ArchCondition<JavaClass> resideInANullMarkedPackage() {
    return new ArchCondition<>("reside in a @NullMarked package") {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        boolean marked = type.getPackage().isAnnotatedWith(NullMarked.class);
        events.add(new SimpleConditionEvent(type, marked, type.getDescription()));
      }
    };
  }
}
