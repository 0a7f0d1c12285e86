package com.visiquate.ccproxy.fleet;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What an Ollama tells of a model that matters to nobody but clients who list models. Texts are
 * empty, and numbers 0, where it tells nothing.
 *
 * @param size bytes on its disk
 * @param modifiedAt in Ollama's own words
 * @param template how it makes a prompt of a conversation; some clients look for words in it
 * @param info texts, numbers and booleans by name, such as {@code general.architecture}
 */
public record ModelCard(
    long size, String modifiedAt, Details details, String template, Map<String, Object> info) {
  public static final ModelCard UNKNOWN = new ModelCard(0, "", Details.UNKNOWN, "", Map.of());

  /** The few words that every list of models shows. */
  public record Details(
      String format,
      String family,
      List<String> families,
      String parameterSize,
      String quantization) {
    public static final Details UNKNOWN = new Details("", "", List.of(), "", "");

    public Details {
      families = List.copyOf(families);
    }
  }

  public ModelCard {
    info = Collections.unmodifiableMap(new LinkedHashMap<>(info));
  }

  /** The same, with what is only told to who asks for this one model. */
  public ModelCard described(String newTemplate, Map<String, Object> newInfo) {
    return new ModelCard(size, modifiedAt, details, newTemplate, newInfo);
  }
}
