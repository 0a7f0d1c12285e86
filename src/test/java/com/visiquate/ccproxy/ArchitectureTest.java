package com.visiquate.ccproxy;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Instant;
import java.util.List;

/** The floors: who may import whom, and what may be used where. */
@AnalyzeClasses(
    packages = ArchitectureTest.ROOT,
    importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTest {
  static final String ROOT = "com.visiquate.ccproxy";
  private static final List<String> WORDS = List.of("chat", "fleet");
  private static final List<String> TOOLS =
      List.of("dialect", "ollama", "bus", "config", "store", "simulator");
  private static final List<String> STAGES =
      List.of(
          "http",
          "routing",
          "backend",
          "warmup",
          "metrics",
          "memory",
          "access",
          "records",
          "alerts",
          "console",
          "timeline",
          "tracing",
          "cache",
          "capture",
          "rehearsal",
          "cluster");

  /** Rooms in which nothing is received, waited for, logged or timed. */
  private static final String[] PURE = {
    ROOT + ".chat..",
    ROOT + ".fleet..",
    ROOT + ".dialect..",
    ROOT + ".routing.*..",
    ROOT + ".http.exchange..",
    ROOT + ".http.view..",
    ROOT + ".backend.exchange..",
    ROOT + ".backend.health..",
    ROOT + ".records.account..",
    ROOT + ".records.budget..",
    ROOT + ".records.row..",
    ROOT + ".alerts.rules..",
    ROOT + ".console.feed..",
    ROOT + ".cache.flight..",
    ROOT + ".cluster.core..",
  };

  /** Down to the smallest package. */
  @ArchTest
  static final ArchRule NO_CYCLES = slices().matching(ROOT + ".(**)").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule WORDS_KNOW_ONLY_THE_JDK =
      classes()
          .that()
          .resideInAnyPackage(rooms(WORDS))
          .should()
          .onlyDependOnClassesThat(
              resideInAnyPackage(rooms(WORDS)).or(resideInAnyPackage("java..", "org.jspecify..")));

  @ArchTest
  static void wordsAreNoNeighbours(JavaClasses all) {
    neighboursStayApart(all, WORDS);
  }

  @ArchTest
  static void toolsAreNoNeighbours(JavaClasses all) {
    neighboursStayApart(all, TOOLS);
  }

  @ArchTest
  static void stagesAreNoNeighbours(JavaClasses all) {
    neighboursStayApart(all, STAGES);
  }

  /** It writes what the bus says, and knows no other tool. */
  @ArchTest
  static final ArchRule WIRE_KNOWS_THE_BUS_AND_WORDS =
      noClasses()
          .that()
          .resideInAPackage(room("wire"))
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(rooms(TOOLS.stream().filter(tool -> !tool.equals("bus")).toList()));

  /** A node that runs alone loads nothing of it. */
  @ArchTest
  static final ArchRule ONLY_WIRE_WRITES_CBOR =
      noClasses()
          .that()
          .resideOutsideOfPackage(room("wire"))
          .should()
          .dependOnClassesThat()
          .resideInAPackage("com.fasterxml.jackson.dataformat.cbor..");

  @ArchTest
  static final ArchRule ONLY_THE_CLUSTER_WRITES_TO_THE_WIRE =
      noClasses()
          .that(not(resideInAnyPackage(ROOT + ".wire..", ROOT + ".cluster..")))
          .should()
          .dependOnClassesThat()
          .resideInAPackage(room("wire"));

  @ArchTest
  static final ArchRule TOOLS_LOOK_DOWN =
      noClasses()
          .that()
          .resideInAnyPackage(rooms(TOOLS))
          .or()
          .resideInAPackage(room("wire"))
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(rooms(STAGES));

  @ArchTest
  static final ArchRule NOBODY_IMPORTS_THE_ROOT =
      noClasses()
          .that()
          .resideOutsideOfPackage(ROOT)
          .should()
          .dependOnClassesThat()
          .resideInAPackage(ROOT);

  /** It plays what serves no client. */
  @ArchTest
  static final ArchRule ONLY_THE_ROOT_SIMULATES =
      noClasses()
          .that(not(resideInAnyPackage(ROOT, ROOT + ".launch..", ROOT + ".simulator..")))
          .should()
          .dependOnClassesThat()
          .resideInAPackage(ROOT + ".simulator..");

  /** What rehearses is for the root alone, which gives it a gateway that serves nobody. */
  @ArchTest
  static final ArchRule ONLY_THE_ROOT_REHEARSES =
      noClasses()
          .that(not(resideInAnyPackage(ROOT, ROOT + ".launch..", ROOT + ".rehearsal..")))
          .should()
          .dependOnClassesThat()
          .resideInAPackage(ROOT + ".rehearsal..");

  @ArchTest
  static final ArchRule METERS_ARE_BORN_IN_ONE_ROOM =
      noClasses()
          .that(not(resideInAnyPackage(ROOT, ROOT + ".launch..", ROOT + ".metrics..")))
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.micrometer..", "io.vertx.micrometer..");

  /** Nothing else loads what most gateways do not use. */
  @ArchTest
  static final ArchRule SPANS_ARE_SENT_BY_ONE_ROOM =
      noClasses()
          .that(not(resideInAnyPackage(ROOT + ".tracing..")))
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.opentelemetry..");

  @ArchTest
  static final ArchRule A_TERMINAL_IS_DRAWN_ON_BY_ONE_ROOM =
      noClasses()
          .that(not(resideInAnyPackage(ROOT + ".launch.top..")))
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.jline..");

  @ArchTest
  static final ArchRule NOTHING_BLOCKS =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("java.util.concurrent.locks..")
          .orShould()
          .callMethod(Thread.class, "sleep", long.class);

  /** What decides knows neither how messages travel nor who reads the log. */
  @ArchTest
  static final ArchRule PURE_ROOMS_KNOW_NO_SHELL =
      noClasses()
          .that()
          .resideInAnyPackage(PURE)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.vertx..", "io.netty..", "io.micrometer..", "org.slf4j..");

  /** The codec and the readers of configuration may tell what they find, but wait for nothing. */
  @ArchTest
  static final ArchRule CODECS_KNOW_NO_VERTX =
      noClasses()
          .that()
          .resideInAnyPackage(
              ROOT + ".ollama",
              ROOT + ".ollama.grammar",
              ROOT + ".config",
              ROOT + ".config.litellm",
              ROOT + ".config.logs",
              ROOT + ".records.*..",
              ROOT + ".store")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.vertx..");

  /** A stage of one room has one shell, its verticle. */
  @ArchTest
  static final ArchRule ONLY_VERTICLES_OF_SMALL_STAGES_KNOW_VERTX =
      noClasses()
          .that()
          .resideInAnyPackage(
              rooms(
                  List.of(
                      "warmup", "memory", "access", "timeline", "tracing", "capture", "rehearsal")))
          .and()
          .haveNameNotMatching(".*Verticle(\\$.*)?")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.vertx..");

  /** What is not promised to us may be gone in any release. */
  @ArchTest
  static final ArchRule VERTX_IS_USED_BY_ITS_API =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.vertx..impl..", "io.vertx.core.internal..");

  @ArchTest
  static final ArchRule NOBODY_WAITS_FOR_A_FUTURE =
      noClasses()
          .should()
          .callMethod(java.util.concurrent.CompletableFuture.class, "join")
          .orShould()
          .callMethod(java.util.concurrent.Future.class, "get")
          .orShould()
          .callMethod(io.vertx.core.Future.class, "await");

  @ArchTest
  static final ArchRule PURE_CODE_READS_NO_CLOCK =
      noClasses()
          .that()
          .resideInAnyPackage(PURE)
          .or()
          .resideInAPackage(ROOT + ".routing..")
          .should()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .callMethod(System.class, "nanoTime")
          .orShould()
          .callMethod(Instant.class, "now");

  private static void neighboursStayApart(JavaClasses all, List<String> floor) {
    for (String room : floor) {
      String[] others =
          floor.stream()
              .filter(other -> !other.equals(room))
              .map(ArchitectureTest::room)
              .toArray(String[]::new);
      noClasses()
          .that()
          .resideInAPackage(room(room))
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(others)
          .allowEmptyShould(true)
          .check(all);
    }
  }

  private static String room(String name) {
    return ROOT + "." + name + "..";
  }

  private static String[] rooms(List<String> names) {
    return names.stream().map(ArchitectureTest::room).toArray(String[]::new);
  }
}
