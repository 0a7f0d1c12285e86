package com.visiquate.ccproxy.dialect;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.visiquate.ccproxy.chat.ChatEvent;
import com.visiquate.ccproxy.chat.ChatRequest;
import com.visiquate.ccproxy.chat.Counts;
import com.visiquate.ccproxy.chat.EmbedRequest;
import com.visiquate.ccproxy.chat.FinishReason;
import com.visiquate.ccproxy.chat.GenerateRequest;
import com.visiquate.ccproxy.chat.ModelRequest;
import com.visiquate.ccproxy.chat.Reasoning;
import com.visiquate.ccproxy.dialect.anthropic.Messages;
import com.visiquate.ccproxy.dialect.completions.Completions;
import com.visiquate.ccproxy.dialect.ollama.NativeEndpoints;
import com.visiquate.ccproxy.dialect.openai.OpenAiChat;
import com.visiquate.ccproxy.dialect.responses.Responses;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How clients say how much a model should think, in the words of all makers. */
final class ThinkingWishTest {
  private static final String TALK = "\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]";

  /** Every dialect that can ask a model that thinks, and the least that it asks. */
  private record Family(Dialect dialect, String body) {}

  private static final Family CHAT = new Family(new OpenAiChat(), TALK);
  private static final Family COMPLETIONS = new Family(new Completions(), "\"prompt\":\"Hi\"");
  private static final Family MESSAGES = new Family(new Messages(), "\"max_tokens\":9," + TALK);
  private static final Family RESPONSES = new Family(new Responses(), "\"input\":\"Hi\"");
  private static final Family NATIVE = new Family(NativeEndpoints.CHAT, TALK);
  private static final Map<String, Family> FAMILIES =
      Map.of(
          "chat", CHAT,
          "completions", COMPLETIONS,
          "messages", MESSAGES,
          "responses", RESPONSES,
          "native", NATIVE,
          "generate", new Family(NativeEndpoints.GENERATE, "\"prompt\":\"Hi\""));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'reasoning_effort':'none'",
        "'reasoning_effort':'Off'",
        "'reasoning_effort':'disabled'",
        "'reasoning_effort':0",
        "'reasoning_effort':false",
        "'reasoning':{'enabled':false}",
        "'reasoning':{'effort':'none'}",
        "'reasoning':{'max_tokens':0}",
        "'reasoning':false",
        "'reasoning':'off'",
        "'thinking':{'type':'disabled'}",
        "'thinking':{'type':'off'}",
        "'thinking':{'enabled':false}",
        "'thinking':{'type':'enabled','budget_tokens':0}",
        "'thinking':false",
        "'think':false",
        "'think':'none'",
        "'chat_template_kwargs':{'enable_thinking':false}",
        "'chat_template_kwargs':{'thinking':false}",
        "'chat_template_kwargs':{'reasoning_effort':'none'}",
        "'chat_template_kwargs':{'thinking_budget':0}",
        "'enable_thinking':false",
        "'enable_thinking':'false'",
        "'enable_reasoning':false",
        "'disable_thinking':true",
        "'disable_reasoning':true",
        "'thinking_budget':0",
        "'reasoning_budget':0",
        "'thinking_budget_tokens':0",
        "'thinking_level':'off'",
        "'extra_body':{'enable_thinking':false}",
        "'extra_body':{'chat_template_kwargs':{'enable_thinking':false}}",
        "'extra_body':{'google':{'thinking_config':{'thinking_budget':0}}}",
        "'venice_parameters':{'disable_thinking':true}",
        "'reasoning_effort':'high','enable_thinking':false"
      })
  void isOffInEverySpellingAndInEveryDialect(String field) {
    assertThat(everywhere(field)).allSatisfy(ThinkingWishTest::assertOff);
  }

  private static void assertOff(String dialect, Reasoning wish) {
    assertThat(wish).as(dialect).isEqualTo(Reasoning.OFF);
  }

  @Test
  void takesTheNearestOfALevelThatNobodyKnows() {
    assertThat(everywhere("'reasoning_effort':'ultra'")).doesNotContainValue(null);
    Map<String, Reasoning> levels =
        Map.of(
            "minimal", Reasoning.LOW,
            "Lowest", Reasoning.LOW,
            "very-low", Reasoning.LOW,
            "medium", Reasoning.MEDIUM,
            "whatever", Reasoning.MEDIUM,
            "HIGH", Reasoning.HIGH,
            "xhigh", Reasoning.MAX,
            "x-high", Reasoning.MAX,
            "ultra", Reasoning.MAX,
            "ultrathink", Reasoning.MAX);
    levels.forEach(
        (word, level) ->
            assertThat(everywhere("'reasoning_effort':'" + word + "'"))
                .as(word)
                .allSatisfy((dialect, wish) -> assertThat(wish).as(dialect).isEqualTo(level)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'reasoning_effort':''",
        "'reasoning_effort':'auto'",
        "'reasoning_effort':null",
        "'reasoning':{}",
        "'reasoning':{'summary':'auto'}",
        "'chat_template_kwargs':{}",
        "'chat_template_kwargs':[]",
        "'reasoning_effort':{}"
      })
  void saysNothingWhereNothingIsSaid(String field) {
    Map<String, Reasoning> wishes = everywhere(field);
    assertThat(wishes.remove("messages")).isEqualTo(Reasoning.OFF);
    assertThat(wishes)
        .allSatisfy((dialect, wish) -> assertThat(wish).as(dialect).isEqualTo(Reasoning.UNSET));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'reasoning':{'enabled':true}",
        "'reasoning':{'max_tokens':2000}",
        "'thinking':{'type':'enabled','budget_tokens':2000}",
        "'thinking':{'type':'adaptive'}",
        "'enable_thinking':true,'thinking_budget':500",
        "'reasoning_budget':-1",
        "'chat_template_kwargs':{'thinking':true}"
      })
  void isOnInEverySpellingAndInEveryDialect(String field) {
    assertThat(everywhere(field))
        .allSatisfy((dialect, wish) -> assertThat(wish).as(dialect).isEqualTo(Reasoning.ON));
  }

  @Test
  void refusesAsOllamaDoesOnlyAWordOfItsOwnThatMeansNothing() {
    assertThat(decode(NATIVE, "'think':'enormous'")).isInstanceOf(Decoded.Misunderstood.class);
    assertThat(wish(NATIVE, "'think':'xhigh'")).isEqualTo(Reasoning.MAX);
  }

  @Test
  void namesWhatHasNoEffect() {
    assertThat(dropped("'reasoning':{'max_tokens':2000,'effort':'low'}"))
        .containsExactly("reasoning.max_tokens");
    assertThat(dropped("'thinking_budget':5,'chat_template_kwargs':{'x':1,'thinking':true}"))
        .containsExactly("thinking_budget", "chat_template_kwargs.x");
    assertThat(dropped("'reasoning_format':'parsed'")).containsExactly("reasoning_format");
    assertThat(dropped("'enable_thinking':false,'reasoning_format':'hidden'")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'reasoning':{'exclude':true}",
        "'include_reasoning':false",
        "'reasoning_format':'hidden'"
      })
  void showsNoThinkingToThoseThatDoNotWantToSeeIt(String field) {
    for (String stream : List.of(",'stream':true", ",'stream':false")) {
      for (Family family : List.of(CHAT, RESPONSES, MESSAGES)) {
        String said = answered(family, field + ",'thinking':{'type':'enabled'}" + stream);
        assertThat(said).as(family + stream).contains("aloud").doesNotContain("silently");
      }
    }
  }

  private static String answered(Family family, String field) {
    Answer answer = family.dialect().answer(understood(family, field), new Identity("x", 0, "m"));
    ByteSink out = new ByteSink();
    answer.said(new ChatEvent.Thinking("silently"), out);
    answer.said(new ChatEvent.Text("aloud"), out);
    answer.said(new ChatEvent.Finished(FinishReason.STOP, Counts.NONE), out);
    return new String(out.take(), UTF_8);
  }

  /** The same in all of OpenAI's. */
  private static List<String> dropped(String field) {
    List<String> names = understood(CHAT, field).dropped();
    assertThat(understood(RESPONSES, field).dropped()).isEqualTo(names);
    assertThat(understood(COMPLETIONS, field).dropped()).isEqualTo(names);
    return names;
  }

  private static Map<String, Reasoning> everywhere(String field) {
    Map<String, Reasoning> wishes = new TreeMap<>();
    FAMILIES.forEach((name, family) -> wishes.put(name, wish(family, field)));
    return wishes;
  }

  private static Reasoning wish(Family family, String field) {
    ModelRequest request = understood(family, field).parts().getFirst();
    return switch (request) {
      case ChatRequest chat -> chat.reasoning();
      case GenerateRequest text -> text.reasoning();
      case EmbedRequest embed -> throw new AssertionError(embed);
    };
  }

  private static Decoded.Understood understood(Family family, String field) {
    return (Decoded.Understood) decode(family, field);
  }

  private static Decoded decode(Family family, String field) {
    String json = "{\"model\":\"m\"," + family.body() + "," + field.replace('\'', '"') + "}";
    return family.dialect().decode(json.getBytes(UTF_8));
  }
}
