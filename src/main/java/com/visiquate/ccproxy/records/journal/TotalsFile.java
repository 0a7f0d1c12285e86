package com.visiquate.ccproxy.records.journal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.visiquate.ccproxy.records.account.Dimension;
import com.visiquate.ccproxy.records.account.Rollup;
import com.visiquate.ccproxy.records.account.Sum;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/**
 * The sums of entries whose details are given up.
 *
 * @param records how many records they are of
 */
record TotalsFile(Rollup sums, long records) {
  private static final ObjectMapper JSON = new ObjectMapper();

  static TotalsFile read(Path file) throws IOException {
    List<String> lines = Files.readAllLines(file);
    Rollup sums = new Rollup();
    for (String line : lines.subList(1, lines.size())) {
      JsonNode row = JSON.readTree(line);
      long[] counts = new long[Sum.COUNTS.size()];
      for (int i = 0; i < counts.length; i++) {
        counts[i] = row.get(4 + i).longValue();
      }
      Sum sum = new Sum();
      sum.add(
          counts,
          row.get(4 + counts.length).doubleValue(),
          row.get(5 + counts.length).doubleValue());
      Dimension.named(row.get(1).textValue())
          .ifPresent(
              dimension ->
                  sums.add(
                      new Rollup.Key(
                          row.get(0).textValue(),
                          dimension,
                          row.get(2).longValue(),
                          row.get(3).textValue()),
                      sum));
    }
    return new TotalsFile(sums, JSON.readTree(lines.getFirst()).get("records").longValue());
  }

  /** Whole, or not at all. */
  void write(Path file) throws IOException {
    StringBuilder lines = new StringBuilder("{\"records\":" + records + "}\n");
    sums.forEach((key, sum) -> lines.append(row(key, sum)).append('\n'));
    Path draft = file.resolveSibling(file.getFileName() + ".draft");
    Files.write(draft, lines.toString().getBytes(StandardCharsets.UTF_8));
    Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private static ArrayNode row(Rollup.Key key, Sum sum) {
    ArrayNode row =
        JSON.createArrayNode()
            .add(key.scope())
            .add(key.dimension().label())
            .add(key.day())
            .add(key.value());
    for (int i = 0; i < Sum.COUNTS.size(); i++) {
      row.add(sum.count(i));
    }
    return row.add(sum.cost()).add(sum.saved());
  }
}
