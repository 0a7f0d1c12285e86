package com.visiquate.ccproxy.capture;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What is kept, as a file for training: each conversation once, and only what passes the check.
 *
 * @param lines one JSON text a conversation
 * @param left how many were left out, by why
 */
public record Export(List<String> lines, Map<String, Integer> left) {
  /**
   * What is wanted.
   *
   * @param alias null for all
   * @param key null for all
   * @param model the one that answered; null for all
   * @param ended {@code completed}, {@code length}, or {@code all}
   */
  public record Wanted(
      @Nullable String alias,
      @Nullable String key,
      @Nullable String model,
      Instant since,
      String ended) {
    boolean holds(Line line) {
      return (alias == null || alias.equals(line.alias()))
          && (key == null || key.equals(line.key()))
          && (model == null || model.equals(line.model()))
          && (ended.equals("all") || ended.equals(line.ended()))
          && !line.at().isBefore(since);
    }
  }

  /** From the folder of captures; blocks for as long as the disk takes. */
  public static Export of(Path folder, Wanted wanted) throws IOException {
    return of(new CaptureFolder(folder).lines(), wanted);
  }

  static Export of(List<Line> kept, Wanted wanted) {
    Set<String> seen = new HashSet<>();
    List<String> lines = new ArrayList<>();
    Map<String, Integer> left = new TreeMap<>();
    // The latest first: what went on from others stands for them.
    for (Line line : kept.stream().filter(wanted::holds).toList().reversed()) {
      String objection = TrainingCheck.objection(line.training());
      List<String> course = line.course();
      String said = line.training().toString();
      boolean again =
          seen.contains(said)
              || (!course.isEmpty() && seen.contains(line.conversation() + course.getLast()));
      if (again || !objection.isEmpty()) {
        left.merge(again ? "it is there in a longer or later form" : objection, 1, Integer::sum);
      } else {
        seen.add(said);
        course.forEach(mark -> seen.add(line.conversation() + mark));
        lines.addFirst(said);
      }
    }
    return new Export(lines, left);
  }
}
