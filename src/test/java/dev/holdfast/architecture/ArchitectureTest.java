package dev.holdfast.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.holdfast.architecture.broken.ops.CachesInSync;
import dev.holdfast.architecture.broken.web.IsPublisher;
import dev.holdfast.architecture.broken.web.TellsTheTime;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ArchitectureTest {

  private static final JavaClasses MAIN =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages(Rooms.MAIN);

  private static final JavaClasses BROKEN = new ClassFileImporter().importPackages(Rooms.BROKEN);

  /** Classes that come close to breaking a rule. */
  private static final List<Class<?>> INNOCENT =
      List.of(CachesInSync.class, IsPublisher.class, TellsTheTime.class);

  static Stream<HouseRule> rules() {
    return HouseRules.all();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rules")
  void mainCode_keepsTheRule(HouseRule house) {
    house.rule().check(MAIN);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rules")
  void brokenClass_isCaughtInEveryMethod(HouseRule house) {
    List<String> caught = house.rule().evaluate(BROKEN).getFailureReport().getDetails();

    for (Class<?> broken : house.broken()) {
      assertThat(namesToBeCaught(broken))
          .isNotEmpty()
          .allSatisfy(name -> assertThat(caught).anyMatch(detail -> detail.contains(name)));
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rules")
  void innocentClass_isNotCaught(HouseRule house) {
    List<String> caught = house.rule().evaluate(BROKEN).getFailureReport().getDetails();

    for (Class<?> innocent : INNOCENT) {
      assertThat(caught).noneMatch(detail -> detail.startsWith("Method <" + innocent.getName()));
    }
  }

  @Test
  void everyClassAmongTheBroken_isInUse() {
    Set<String> known =
        Stream.concat(INNOCENT.stream(), rules().flatMap(house -> house.broken().stream()))
            .map(Class::getName)
            .collect(Collectors.toCollection(TreeSet::new));

    assertThat(BROKEN)
        .filteredOn(found -> !found.getSimpleName().equals("package-info"))
        .extracting(found -> found.getName())
        .containsExactlyInAnyOrderElementsOf(known);
  }

  @Test
  void mainCode_isThereToBeChecked() {
    assertThat(MAIN).hasSizeGreaterThan(100);
    assertThat(MAIN.contain("dev.holdfast.fill.Fills")).isTrue();
    assertThat(MAIN.contain(getClass())).isFalse();
  }

  /** A class that breaks a rule as a whole has no methods. */
  private static List<String> namesToBeCaught(Class<?> broken) {
    List<String> methods =
        Stream.of(broken.getDeclaredMethods())
            .filter(method -> !method.isSynthetic())
            .map(Method::getName)
            .map(name -> broken.getName() + "." + name + "(")
            .toList();
    return methods.isEmpty() ? List.of(broken.getName()) : methods;
  }
}
