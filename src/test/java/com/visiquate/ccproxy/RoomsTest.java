package com.visiquate.ccproxy;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The rooms inside the large ones: small enough to be read, and in an order without a loop. */
final class RoomsTest {
  private static final Path SOURCES = Path.of("src/main/java/com/visiquate/ccproxy");
  private static final List<String> SPLIT = List.of("routing", "http", "simulator", "backend");
  private static final List<String> WALK = List.of("http", "routing", "backend", "bus");
  private static final int MOST_CLASSES = 25;
  private static final int LARGEST_LOOP = 5;

  /** Where a build stops is 250; whoever comes near it will be over it with the next change. */
  private static final int LONGEST_FILE = 240;

  @Test
  void noLoopOfClassesLeavesItsRoomAndNoneIsLarge() {
    for (String hall : SPLIT) {
      for (Set<String> loop : loops(graph(hall))) {
        assertThat(loop).hasSizeLessThanOrEqualTo(LARGEST_LOOP);
        assertThat(loop.stream().map(RoomsTest::packageOf).distinct()).as("%s", loop).hasSize(1);
      }
    }
  }

  @Test
  void noRoomIsCrowded() throws IOException {
    Map<Path, Long> crowded = new TreeMap<>();
    for (String hall : SPLIT) {
      sources(SOURCES.resolve(hall))
          .collect(Collectors.groupingBy(Path::getParent, Collectors.counting()))
          .forEach(
              (room, count) -> {
                if (count > MOST_CLASSES) {
                  crowded.put(room, count);
                }
              });
    }
    assertThat(crowded).isEmpty();
  }

  @Test
  void noTwoClassesOfTheWalkOfARequestShareAName() throws IOException {
    Set<String> seen = new HashSet<>();
    Set<String> twice = new TreeSet<>();
    for (String hall : WALK) {
      sources(SOURCES.resolve(hall))
          .map(file -> file.getFileName().toString())
          .filter(name -> !seen.add(name))
          .forEach(twice::add);
    }
    assertThat(twice).isEmpty();
  }

  @Test
  void everyRoomSaysWhatItIsFor() throws IOException {
    try (Stream<Path> files = Files.walk(SOURCES)) {
      assertThat(
              files
                  .filter(Files::isDirectory)
                  .filter(RoomsTest::hasClasses)
                  .filter(room -> !Files.exists(room.resolve("package-info.java"))))
          .isEmpty();
    }
  }

  @Test
  void noFileIsAboutToBeTooLong() throws IOException {
    Map<Path, Integer> longOnes = new TreeMap<>();
    for (Path file : sources(SOURCES).toList()) {
      int lines = Files.readAllLines(file).size();
      if (lines > LONGEST_FILE) {
        longOnes.put(file, lines);
      }
    }
    assertThat(longOnes).isEmpty();
  }

  private static boolean hasClasses(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.anyMatch(file -> file.toString().endsWith(".java"));
    } catch (IOException unreadable) {
      throw new AssertionError(unreadable);
    }
  }

  private static Stream<Path> sources(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(file -> file.toString().endsWith(".java"))
          .filter(file -> !file.endsWith("package-info.java"))
          .toList()
          .stream();
    }
  }

  /** Which top-level class of a hall depends on which. */
  private static Map<String, Set<String>> graph(String hall) {
    String root = ArchitectureTest.ROOT + "." + hall;
    Map<String, Set<String>> graph = new HashMap<>();
    for (JavaClass one : ProductClasses.ALL.that(resideInAPackage(root + ".."))) {
      Set<String> others = graph.computeIfAbsent(topLevel(one), name -> new HashSet<>());
      one.getDirectDependenciesFromSelf().stream()
          .map(dependency -> dependency.getTargetClass().getBaseComponentType())
          .filter(target -> target.getPackageName().startsWith(root))
          .map(RoomsTest::topLevel)
          .filter(name -> !name.equals(topLevel(one)))
          .forEach(others::add);
    }
    return graph;
  }

  private static String topLevel(JavaClass one) {
    int nested = one.getName().indexOf('$');
    return nested < 0 ? one.getName() : one.getName().substring(0, nested);
  }

  private static String packageOf(String name) {
    return name.substring(0, name.lastIndexOf('.'));
  }

  /** The largest sets of classes in which each one leads to each other one. */
  private static Collection<Set<String>> loops(Map<String, Set<String>> graph) {
    Map<String, Set<String>> reach = new HashMap<>();
    graph.keySet().forEach(name -> reach.put(name, reachable(graph, name)));
    List<Set<String>> loops = new ArrayList<>();
    Set<String> done = new HashSet<>();
    for (String name : graph.keySet().stream().sorted(Comparator.naturalOrder()).toList()) {
      Set<String> loop = new TreeSet<>();
      for (String other : reach.getOrDefault(name, Set.of())) {
        if (reach.getOrDefault(other, Set.of()).contains(name)) {
          loop.add(other);
        }
      }
      if (!loop.isEmpty() && done.addAll(loop)) {
        loops.add(loop);
      }
    }
    return loops;
  }

  private static Set<String> reachable(Map<String, Set<String>> graph, String from) {
    Set<String> found = new HashSet<>();
    Deque<String> next = new ArrayDeque<>(graph.getOrDefault(from, Set.of()));
    while (!next.isEmpty()) {
      String name = next.remove();
      if (found.add(name)) {
        next.addAll(graph.getOrDefault(name, Set.of()));
      }
    }
    return found;
  }
}
