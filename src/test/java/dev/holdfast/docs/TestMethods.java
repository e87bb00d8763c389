package dev.holdfast.docs;

import java.util.List;
import java.util.Optional;
import org.junit.platform.commons.annotation.Testable;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.HierarchyTraversalMode;
import org.junit.platform.commons.support.ReflectionSupport;

/** The test methods that there are, by the name of their class. */
final class TestMethods {

  private static final String ROOT = "dev.holdfast";

  private final List<Class<?>> classes;

  private TestMethods(List<Class<?>> classes) {
    this.classes = classes;
  }

  /** Those of all classes that the build takes for tests. */
  static TestMethods ofTheProject() {
    return new TestMethods(
        ReflectionSupport.findAllClassesInPackage(
            ROOT, type -> true, name -> name.endsWith("Test") || name.endsWith("IT")));
  }

  /**
   * Why this names no test class, or empty.
   *
   * @param className a simple name, with as much of its package before it as makes it the only one
   */
  Optional<String> fault(String className) {
    List<Class<?>> named = named(className);
    if (named.size() > 1) {
      return Optional.of("several classes are named " + className + ": write package.Class");
    }
    return named.isEmpty() ? Optional.of("no test class is named " + className) : Optional.empty();
  }

  /** Why this names no test of a class, or empty. */
  Optional<String> fault(String className, String methodName) {
    return fault(className).or(() -> fault(named(className).get(0), methodName));
  }

  private List<Class<?>> named(String className) {
    return classes.stream()
        .filter(type -> ("." + type.getName()).endsWith("." + className))
        .toList();
  }

  private static Optional<String> fault(Class<?> type, String methodName) {
    boolean isTest =
        !ReflectionSupport.findMethods(
                type,
                method ->
                    method.getName().equals(methodName)
                        && AnnotationSupport.isAnnotated(method, Testable.class),
                HierarchyTraversalMode.TOP_DOWN)
            .isEmpty();
    return isTest
        ? Optional.empty()
        : Optional.of(type.getName() + " has no test named " + methodName);
  }
}
