package com.visiquate.ccproxy.tracing;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The span of the client that a request belongs to, as its {@code traceparent} header says by the
 * rules of W3C's Trace Context.
 */
record TraceParent(String trace, String span, boolean sampled) {
  /** A later version may say more behind a further hyphen. */
  private static final Pattern FORM =
      Pattern.compile("([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(-.*)?");

  private static final int HEXADECIMAL = 16;

  /** Empty when the header is not there or breaks the rules: then a new trace begins. */
  static Optional<TraceParent> of(@Nullable String header) {
    Matcher form = FORM.matcher(header == null ? "" : header);
    if (!form.matches()) {
      return Optional.empty();
    }
    String version = form.group(1);
    boolean wrong =
        version.equals("ff")
            || (version.equals("00") && form.group(5) != null)
            || isNothing(form.group(2))
            || isNothing(form.group(3));
    return wrong
        ? Optional.empty()
        : Optional.of(new TraceParent(form.group(2), form.group(3), isSampled(form.group(4))));
  }

  private static boolean isNothing(String id) {
    return id.chars().allMatch(digit -> digit == '0');
  }

  private static boolean isSampled(String flags) {
    return (Integer.parseInt(flags, HEXADECIMAL) & 1) != 0;
  }
}
