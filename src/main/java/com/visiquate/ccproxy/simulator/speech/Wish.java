package com.visiquate.ccproxy.simulator.speech;

import com.visiquate.ccproxy.simulator.request.Ask;
import com.visiquate.ccproxy.simulator.speech.Script.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the end of a question orders word for word, for load tests that must know what they will
 * get: {@code [simulate: 120 tokens, then read_file, for tester-7]}; the tool and the name may be
 * missing.
 *
 * @param tokens of the answer, its tool call included
 * @param tool to call at the end; empty for none
 * @param who asks; empty when not told
 */
public record Wish(int tokens, String tool, String who) {
  private static final Pattern FORM =
      Pattern.compile("\\[simulate: (\\d{1,6}) tokens(?:, then ([\\w-]+))?(?:, for ([\\w-]+))?]$");

  /** Nothing in particular. */
  static final Wish NONE = new Wish(0, "", "");

  public static Wish of(Ask ask) {
    return ask.lastTurn().map(turn -> of(turn.content())).orElse(NONE);
  }

  private static Wish of(String question) {
    int from = question.lastIndexOf('[');
    Matcher form = FORM.matcher(from < 0 ? "" : question.substring(from).stripTrailing());
    return form.matches()
        ? new Wish(Integer.parseInt(form.group(1)), group(form, 2), group(form, 3))
        : NONE;
  }

  private static String group(Matcher form, int number) {
    String group = form.group(number);
    return group == null ? "" : group;
  }

  /** Words that read back as one token each, then the call. */
  Script script(List<Step.ToolCall> calls, Random random) {
    List<Step> steps = new ArrayList<>();
    int words = tokens - calls.stream().mapToInt(Step.ToolCall::tokens).sum();
    for (int i = 0; i < words; i++) {
      steps.add(new Step.Text(word(random)));
    }
    steps.addAll(calls);
    return Script.of(steps.toArray(Step[]::new));
  }

  private static String word(Random random) {
    char[] letters = {' ', letter(random), letter(random), letter(random)};
    return new String(letters);
  }

  private static char letter(Random random) {
    return (char) ('a' + random.nextInt(26));
  }
}
