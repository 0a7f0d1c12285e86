package com.visiquate.ccproxy.http.ingress;

import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a dropped field is called in metrics: where it stands, without the index in any list.
 * Clients choose the names of fields, so that only some of them have a label of their own.
 */
final class FieldLabels {
  static final String OTHER = "other";
  static final int MOST = 64;
  private static final Pattern INDEX = Pattern.compile("\\[\\d+]");
  private static final Pattern USUAL = Pattern.compile("[a-z][a-z0-9_.\\-\\[\\]]{0,63}");

  private final Set<String> known = new HashSet<>();

  String of(String field) {
    String label = INDEX.matcher(field).replaceAll("[]");
    if (known.contains(label)) {
      return label;
    }
    if (known.size() >= MOST || !USUAL.matcher(label).matches()) {
      return OTHER;
    }
    known.add(label);
    return label;
  }
}
