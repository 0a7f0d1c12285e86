package com.visiquate.ccproxy.ollama.grammar;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class GrammarPatternTest {
  /** What the engine reads: sets of characters, groups, choices, counts, between the anchors. */
  private static final Pattern WORDS =
      Pattern.compile("\\^(\\[[^\\]]+]|[()|*+?]|\\{\\d+(,\\d*)?})*\\$");

  private static final List<String> TEXTS =
      List.of(
          "",
          "7",
          "a7b",
          "abc",
          "2026-11-29",
          "x 2026-11-29 y",
          "me@home.org",
          "https://x.y/z",
          "a/b",
          "imap:a_b-c",
          "\"quoted\"",
          "back\\slash",
          "two\nlines",
          "tab\there",
          "é",
          "ééé",
          "foo.bar-baz",
          "   ",
          "c",
          "ac",
          "ccc",
          "^",
          "a]b",
          "{}",
          "12345",
          "😀");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[0-9]",
        "\\d",
        "^\\d{4}-\\d{2}-\\d{2}$",
        "^[^@\\s]+@[^@\\s]+\\.[a-z]{2,}$",
        "^(?:a|b)?c+$",
        "^a|c$",
        "^a$|^b$",
        ".",
        "^.*$",
        "^.+?$",
        "^[\\w.-]{1,64}$",
        "^\\S+$",
        "\\s",
        "\"",
        "\\\\",
        "^[^\"]*$",
        "^\\u00e9+$",
        "^[\\u00e0-\\u00ff]{2,3}$",
        "^$",
        "^https?://.+",
        "^(\\d+|imap:[A-Za-z0-9_-]+)$",
        "(?<year>\\d{4})",
        "[\\s\\S]",
        "^[\\]a-c]+$",
        "^\\^$",
        "\\n",
        "^[^\\n]*$",
        "^{}$|x",
        "[-a]",
        "^(a|)c?$",
        "\\Aabc\\Z",
        "^[😀]$",
        "\\x41|\\u{63}"
      })
  void findsTheSameTextsInTheWordsOfTheEngine(String pattern) {
    if (pattern.startsWith("^{}")) {
      assertThat(GrammarPattern.of(pattern)).isEmpty();
      return;
    }
    String mended = GrammarPattern.of(pattern).orElseThrow();
    assertThat(mended).matches(WORDS);
    Pattern original = Pattern.compile(pattern.replace("\\u{63}", "c"));
    Pattern engine = Pattern.compile(mended.replaceAll("\\\\U0*([0-9A-F]+)", "\\\\x{$1}"));
    for (String text : TEXTS) {
      String json = new String(JsonStringEncoder.getInstance().quoteAsString(text));
      assertThat(engine.matcher(json).find())
          .as("%s as %s in %s", pattern, mended, json)
          .isEqualTo(original.matcher(text).find());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "(?i)abc",
        "^(?=x)y$",
        "(?!x)",
        "(?<=a)b",
        "(a)\\1",
        "\\bfoo\\b",
        "^\\p{L}$",
        "^(a*)*$",
        "a(b",
        "a)b",
        "[a",
        "*a",
        "^*",
        "a{5000}",
        "(a{100}){100}",
        "a{,3}",
        "a{3,1}",
        "a^b",
        "(^a)",
        "[b-a]",
        "\\",
        "\\ud83d",
        "[]",
        "a**"
      })
  void leavesOutWhatNoGrammarCanFollow(String pattern) {
    assertThat(GrammarPattern.of(pattern)).isEmpty();
  }

  @Test
  void isNotExhaustedByOneThatIsBuiltToExhaust() {
    assertThat(GrammarPattern.of("(".repeat(1_000))).isEmpty();
    assertThat(GrammarPattern.of("a".repeat(100_000))).isEmpty();
    assertThat(GrammarPattern.of("((((a{9}){9}){9}){9}){9}")).isEmpty();
  }
}
