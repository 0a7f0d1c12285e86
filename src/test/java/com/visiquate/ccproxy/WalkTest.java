package com.visiquate.ccproxy;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The walk of one request in docs/architecture.md is the way that the code takes. */
final class WalkTest {
  private static final Pattern STEP = Pattern.compile("(?m)^\\| \\d+ \\| `([\\w.]+)` \\|");
  private static final Pattern ROOM = Pattern.compile("(?m)^\\| `((?:http|routing)[\\w.]*)` \\|");
  private static final String BUS = ArchitectureTest.ROOT + ".bus.";

  private final JavaClasses classes = ProductClasses.ALL;

  @Test
  void everyStepIsAClassInTheRoomThatIsSaid() throws IOException {
    List<String> steps = found(STEP);

    assertThat(steps).hasSizeGreaterThan(15);
    assertThat(steps).allMatch(classes::contain);
  }

  /** By an import, by somebody that both know, or by a message of the bus. */
  @Test
  void everyStepReachesTheNext() throws IOException {
    List<String> steps = found(STEP);
    for (int i = 1; i < steps.size(); i++) {
      Set<String> from = neighbours(steps.get(i - 1));
      Set<String> to = neighbours(steps.get(i));
      boolean direct = from.contains(steps.get(i)) || to.contains(steps.get(i - 1));
      from.retainAll(to);
      assertThat(direct || !from.isEmpty())
          .as("%s leads to %s", steps.get(i - 1), steps.get(i))
          .isTrue();
    }
  }

  @Test
  void everyRoomOfTheLargeStagesIsNamed() throws IOException {
    Set<String> rooms =
        classes.stream()
            .map(JavaClass::getPackageName)
            .filter(name -> name.matches(".*\\.ccproxy\\.(http|routing)(\\..*)?"))
            .collect(Collectors.toSet());

    assertThat(found(ROOM)).containsExactlyInAnyOrderElementsOf(rooms);
  }

  private Set<String> neighbours(String name) {
    Set<String> neighbours = new HashSet<>();
    for (JavaClass one : classes) {
      if (one.getName().equals(name) || one.getName().startsWith(name + "$")) {
        one.getDirectDependenciesFromSelf().stream()
            .map(dependency -> dependency.getTargetClass().getName())
            .filter(other -> other.startsWith(ArchitectureTest.ROOT))
            .filter(other -> !other.startsWith(BUS + "Bus$") && !other.equals(BUS + "Bus"))
            .forEach(neighbours::add);
        one.getDirectDependenciesToSelf().stream()
            .map(dependency -> dependency.getOriginClass().getName())
            .forEach(neighbours::add);
      }
    }
    return neighbours;
  }

  private static List<String> found(Pattern pattern) throws IOException {
    String page = Files.readString(Path.of("docs/architecture.md"));
    String rooms = page.substring(page.indexOf("## Rooms inside"), page.indexOf("## Who owns"));
    Matcher matcher = pattern.matcher(rooms);
    List<String> found = new ArrayList<>();
    while (matcher.find()) {
      found.add(ArchitectureTest.ROOT + "." + matcher.group(1));
    }
    return found;
  }
}
