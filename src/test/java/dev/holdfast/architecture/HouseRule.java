package dev.holdfast.architecture;

import com.tngtech.archunit.lang.ArchRule;
import java.util.List;

/**
 * One rule of the house.
 *
 * @param broken the classes each of whose methods breaks it, or which break it as a whole
 */
record HouseRule(ArchRule rule, List<Class<?>> broken) {

  static HouseRule of(ArchRule rule, Class<?>... broken) {
    return new HouseRule(rule, List.of(broken));
  }

  @Override
  public String toString() {
    return rule.getDescription();
  }
}
