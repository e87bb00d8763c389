package dev.holdfast.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.util.stream.Stream;

/** The rooms: the packages of the main code, and those of the broken classes beside them. */
final class Rooms {

  static final String MAIN = "dev.holdfast";
  static final String BROKEN = MAIN + ".architecture.broken";

  private Rooms() {}

  /** Classes that live in one of these rooms. */
  static DescribedPredicate<JavaClass> in(String... rooms) {
    String[] packages =
        Stream.of(rooms)
            .flatMap(room -> Stream.of(MAIN + "." + room + "..", BROKEN + "." + room + ".."))
            .toArray(String[]::new);
    return resideInAnyPackage(packages).as("room %s", String.join(", ", rooms));
  }

  /** The room depends on none of the others. */
  static ArchRule knowsNone(String room, String... others) {
    return noClasses()
        .that(in(room))
        .should()
        .dependOnClassesThat(in(others))
        .as(room + " knows nothing of " + String.join(", ", others));
  }

  /** Each class in its room; the executable, above them all, in none. */
  static SliceAssignment each() {
    return new SliceAssignment() {
      @Override
      public SliceIdentifier getIdentifierOf(JavaClass javaClass) {
        String name = javaClass.getPackageName();
        String root = name.startsWith(BROKEN) ? BROKEN : MAIN;
        return name.startsWith(root + ".")
            ? SliceIdentifier.of(name.substring(root.length() + 1).split("\\.", 2)[0])
            : SliceIdentifier.ignore();
      }

      @Override
      public String getDescription() {
        return "rooms";
      }
    };
  }
}
