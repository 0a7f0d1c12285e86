package com.visiquate.ccproxy.dialect.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.completions.CompletionCreateParams;
import com.openai.models.embeddings.EmbeddingCreateParams;
import com.openai.models.responses.ResponseCompactParams;
import com.openai.models.responses.ResponseCreateParams;
import com.openai.models.responses.inputtokens.InputTokenCountParams;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds the tables of docs/dialects.md to the types of the official clients, and back. */
final class SdkTypesTest {
  private static final Path PAGE = Path.of("docs/dialects.md");
  private static final String TITLE = ", type by type";
  private static final String WHOLE = "all of it";
  private static final Pattern ROW = Pattern.compile("(?m)^\\| `([\\w.]+)` \\|(.*)\\|$");
  private static final Pattern NAME = Pattern.compile("`(\\w+)`");

  /** A table, and the bodies that it is about. */
  private record Table(String title, List<Class<?>> bodies) {
    @Override
    public String toString() {
      return title;
    }
  }

  private static Stream<Table> tables() {
    return Stream.of(
        new Table("OpenAI chat completions", List.of(ChatCompletionCreateParams.Body.class)),
        new Table("OpenAI completions", List.of(CompletionCreateParams.Body.class)),
        new Table("OpenAI embeddings", List.of(EmbeddingCreateParams.Body.class)),
        new Table(
            "OpenAI Responses",
            List.of(
                ResponseCreateParams.Body.class,
                ResponseCompactParams.Body.class,
                InputTokenCountParams.Body.class)),
        new Table(
            "Anthropic Messages",
            List.of(
                com.anthropic.models.messages.MessageCreateParams.Body.class,
                com.anthropic.models.messages.MessageCountTokensParams.Body.class,
                com.anthropic.models.beta.messages.MessageCreateParams.Body.class,
                com.anthropic.models.beta.messages.MessageCountTokensParams.Body.class)));
  }

  @MethodSource("tables")
  @ParameterizedTest
  void saysWhatBecomesOfEveryTypeAndField(Table table) throws IOException {
    Map<String, String> rows = rows(table.title);

    Map<String, Set<String>> types = new TreeMap<>();
    for (Class<?> body : table.bodies) {
      SdkTypes.below(body, name -> !rows.getOrDefault(name, "").contains(WHOLE))
          .forEach((type, fields) -> types.merge(type, fields, SdkTypesTest::both));
    }

    Map<String, Set<String>> told = new TreeMap<>();
    rows.forEach((type, cells) -> told.put(type, names(cells)));
    assertThat(told).isEqualTo(types);
  }

  @MethodSource("tables")
  @ParameterizedTest
  void saysOneThingOfEveryField(Table table) throws IOException {
    assertThat(rows(table.title).values())
        .allSatisfy(
            cells -> {
              List<String> all = NAME.matcher(cells).results().map(name -> name.group(1)).toList();
              assertThat(all).doesNotHaveDuplicates();
              assertThat(cells.split("\\|", -1)).hasSize(4);
              assertThat(cells).isNotBlank();
            });
  }

  @Test
  void findsTheItemsOfAnInput() {
    assertThat(SdkTypes.below(ResponseCreateParams.Body.class, name -> true))
        .containsKeys("ResponseInputItem.AdditionalTools", "EasyInputMessage", "NamespaceTool")
        .hasEntrySatisfying(
            "ResponseInputItem.ItemReference", fields -> assertThat(fields).containsExactly("id"));
  }

  private static Map<String, String> rows(String title) throws IOException {
    String page = Files.readString(PAGE);
    int from = page.indexOf("### " + title + TITLE);
    assertThat(from).as(title).isPositive();
    int to = page.indexOf("\n#", from);
    String table = to < 0 ? page.substring(from) : page.substring(from, to);
    Map<String, String> rows = new TreeMap<>();
    for (MatchResult row : ROW.matcher(table).results().toList()) {
      assertThat(rows.put(row.group(1), row.group(2))).as(row.group(1)).isNull();
    }
    return rows;
  }

  /** The type itself says which row it is. */
  private static Set<String> names(String cells) {
    Set<String> names = new TreeSet<>();
    NAME.matcher(cells).results().map(name -> name.group(1)).forEach(names::add);
    names.remove("type");
    return names;
  }

  private static Set<String> both(Set<String> one, Set<String> other) {
    Set<String> both = new TreeSet<>(one);
    both.addAll(other);
    return both;
  }
}
