package dev.holdfast.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.conditions.ArchConditions.accessTargetWhere;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import dev.holdfast.architecture.broken.config.KnowsOps;
import dev.holdfast.architecture.broken.fill.AnswersCallers;
import dev.holdfast.architecture.broken.fill.Blocks;
import dev.holdfast.architecture.broken.http.KnowsPolicy;
import dev.holdfast.architecture.broken.ops.CachesOnTheCallersSubscription;
import dev.holdfast.architecture.broken.ops.CachesOnTheClass;
import dev.holdfast.architecture.broken.ops.CachesOnTheClassAmongOthers;
import dev.holdfast.architecture.broken.ops.CachesOnTheClassByAnAnnotationOfOnesOwn;
import dev.holdfast.architecture.broken.ops.KnowsConfig;
import dev.holdfast.architecture.broken.ops.ReadsTheClock;
import dev.holdfast.architecture.broken.origin.KnowsTheCache;
import dev.holdfast.architecture.broken.policy.KnowsMoreThanHttp;
import dev.holdfast.architecture.broken.service.ChangesTheStore;
import dev.holdfast.architecture.broken.service.ShowsTheDemo;
import dev.holdfast.architecture.broken.service.Subscribes;
import dev.holdfast.architecture.broken.springcache.Writes;
import dev.holdfast.architecture.broken.store.KnowsTheRules;
import dev.holdfast.architecture.broken.unmarked.InNoMarkedPackage;
import dev.holdfast.architecture.broken.web.Decides;
import java.time.InstantSource;
import java.util.stream.Stream;

/** The rules that the rooms keep, each with classes that break it. */
final class HouseRules {

  private HouseRules() {}

  static Stream<HouseRule> all() {
    return Stream.of(calls(), knowledge(), shape()).flatMap(rules -> rules);
  }

  /** What is called, and by whom. */
  private static Stream<HouseRule> calls() {
    return Stream.of(
        HouseRule.of(
            noClasses()
                .that(not(Rooms.in("fill")))
                .should(accessTargetWhere(Accesses.subscribing()))
                .as("only fill subscribes"),
            Subscribes.class,
            dev.holdfast.architecture.broken.demo.Subscribes.class),
        HouseRule.of(
            noClasses().should(accessTargetWhere(Accesses.blocking())).as("nobody blocks"),
            Blocks.class),
        HouseRule.of(
            noClasses()
                .that(not(Rooms.in("fill")))
                .should(accessTargetWhere(Accesses.writingToTheStore()))
                .as("only fill writes to the store"),
            Writes.class,
            dev.holdfast.architecture.broken.ops.Writes.class),
        HouseRule.of(
            noClasses()
                .that(Rooms.in("service"))
                .should(accessTargetWhere(Accesses.changingTheStore()))
                .as("service changes nothing that is stored"),
            ChangesTheStore.class),
        HouseRule.of(
            noClasses()
                .that(not(Rooms.in("config")))
                .should(accessTargetWhere(Accesses.readingAClock()))
                .as("only config reads a clock"),
            ReadsTheClock.class));
  }

  /** Which room knows which. */
  private static Stream<HouseRule> knowledge() {
    String[] frameworks = {
      "reactor..", "org.reactivestreams..", "org.springframework..", "io.netty.."
    };
    return Stream.of(
        HouseRule.of(
            noClasses()
                .that(Rooms.in("policy", "http"))
                .should()
                .dependOnClassesThat(
                    resideInAnyPackage(frameworks).or(assignableTo(InstantSource.class)))
                .as("policy and http know neither Reactor nor Spring nor Netty nor a clock"),
            KnowsMoreThanHttp.class,
            dev.holdfast.architecture.broken.http.KnowsMoreThanHttp.class),
        HouseRule.of(
            Rooms.knowsNone("http", "policy", "config", "origin", "store", "fill", "service"),
            KnowsPolicy.class),
        HouseRule.of(
            Rooms.knowsNone("policy", "config", "origin", "store", "fill", "service"),
            dev.holdfast.architecture.broken.policy.KnowsConfig.class),
        HouseRule.of(
            Rooms.knowsNone("origin", "store", "fill", "service", "policy"), KnowsTheCache.class),
        HouseRule.of(
            Rooms.knowsNone("store", "policy", "fill", "service", "origin", "web"),
            KnowsTheRules.class),
        HouseRule.of(
            Rooms.knowsNone("fill", "service", "springcache", "web"), AnswersCallers.class),
        HouseRule.of(Rooms.knowsNone("web", "store", "origin", "policy"), Decides.class),
        HouseRule.of(
            noClasses()
                .that(not(Rooms.in("demo")))
                .should()
                .dependOnClassesThat(Rooms.in("demo"))
                .as("nobody knows the demo"),
            ShowsTheDemo.class),
        HouseRule.of(
            slices().assignedFrom(Rooms.each()).should().beFreeOfCycles(),
            KnowsOps.class,
            KnowsConfig.class));
  }

  /** What a method or a package must say. */
  private static Stream<HouseRule> shape() {
    return Stream.of(
        HouseRule.of(
            methods()
                .should(Conditions.beSyncWhereReactiveAndCacheable())
                .as("@Cacheable is sync on what is not there at once"),
            CachesOnTheCallersSubscription.class,
            CachesOnTheClass.class,
            CachesOnTheClassAmongOthers.class,
            CachesOnTheClassByAnAnnotationOfOnesOwn.class),
        HouseRule.of(
            classes()
                .should(Conditions.resideInANullMarkedPackage())
                .as("every package is @NullMarked"),
            InNoMarkedPackage.class));
  }
}
