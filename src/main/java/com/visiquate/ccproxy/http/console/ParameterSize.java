package com.visiquate.ccproxy.http.console;

import com.visiquate.ccproxy.fleet.ModelCard;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How large a model is, by what its Ollama tells of it. */
final class ParameterSize {
  private static final Pattern SIZE = Pattern.compile("([0-9]+(?:\\.[0-9]+)?)\\s*([KMBT])");
  private static final double BILLION = 1e9;

  private ParameterSize() {}

  /** Billions of parameters; 0 when it does not say. */
  static double billions(ModelCard card) {
    Object count = card.info().get("general.parameter_count");
    if (count instanceof Number number && number.doubleValue() > 0) {
      return number.doubleValue() / BILLION;
    }
    Matcher size = SIZE.matcher(card.details().parameterSize().toUpperCase(Locale.ROOT));
    return size.matches() ? Double.parseDouble(size.group(1)) * unit(size.group(2)) : 0;
  }

  private static double unit(String letter) {
    return switch (letter) {
      case "K" -> 1e-6;
      case "M" -> 1e-3;
      case "T" -> 1e3;
      default -> 1;
    };
  }
}
