package com.visiquate.ccproxy.records;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.visiquate.ccproxy.records.account.Entry;
import com.visiquate.ccproxy.records.account.Pricing;
import com.visiquate.ccproxy.records.account.SlotAccounts;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LinesFileTest {
  @TempDir private Path folder;

  private final SlotAccounts accounts = new SlotAccounts("n", Pricing.NONE);

  private List<Entry> one(String id) {
    return accounts.ended(Ends.plain(id, Ends.NOON), Ends.NOON).stream().toList();
  }

  @Test
  void writesALineOfJsonForEach() throws Exception {
    Path path = folder.resolve("deep/records.jsonl");
    LinesFile file = new LinesFile(path, 1 << 20);
    file.append(one("a"));
    file.append(one("b"));
    List<String> lines = Files.readAllLines(path);
    assertThat(lines).hasSize(2);
    JsonNode second = new ObjectMapper().readTree(lines.get(1));
    assertThat(second.get("id").textValue()).isEqualTo("b");
    assertThat(second.get("model").textValue()).isEqualTo("qwen");
    assertThat(second.get("prompt_tokens").longValue()).isEqualTo(1_000);
    assertThat(second.has("was")).isFalse();
  }

  @Test
  void makesPlaceForANewFileAndDeletesTheOldest() throws Exception {
    Path path = folder.resolve("records.jsonl");
    LinesFile file = new LinesFile(path, 10);
    for (int i = 0; i < LinesFile.MOST_OLD + 5; i++) {
      file.append(one("r" + i));
    }
    assertThat(Files.readString(path)).contains("\"r" + (LinesFile.MOST_OLD + 4) + "\"");
    assertThat(Files.readString(folder.resolve("records.jsonl.1")))
        .contains("\"r" + (LinesFile.MOST_OLD + 3) + "\"");
    try (var files = Files.list(folder)) {
      assertThat(files).hasSize(LinesFile.MOST_OLD + 1);
    }
  }
}
