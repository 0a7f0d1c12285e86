package com.visiquate.ccproxy.dialect;

import java.util.Locale;
import java.util.Set;

/** The types of images that the engines behind Ollama decode, whichever family sends them. */
public final class ImageTypes {
  public static final String ADVICE = "PNG, JPEG, GIF or WebP";

  private static final Set<String> KNOWN =
      Set.of("", "image/png", "image/jpeg", "image/jpg", "image/gif", "image/webp", "image/bmp");

  private ImageTypes() {}

  /** Whether a type, parameters and all, is one of them; who says none is believed. */
  public static boolean areKnown(String type) {
    int parameters = type.indexOf(';');
    String bare = parameters < 0 ? type : type.substring(0, parameters);
    return KNOWN.contains(bare.strip().toLowerCase(Locale.ROOT));
  }
}
