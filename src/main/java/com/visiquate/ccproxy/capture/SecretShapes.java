package com.visiquate.ccproxy.capture;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What secrets look like. Rather one too many: what is blanked is only lost for training. */
final class SecretShapes {
  /** In JSON within a text, a line ends with a backslash and an n. */
  private static final String KEY_BLOCK =
      "-----BEGIN [A-Z0-9 ]{0,32}PRIVATE KEY(?: BLOCK)?-----"
          + "(?s:.*?)(?:-----END [A-Z0-9 ]{0,32}PRIVATE KEY(?: BLOCK)?-----|\\z)";

  static final List<Pattern> USUAL =
      Stream.of(
              KEY_BLOCK,
              // OpenAI, Anthropic and all who took their form.
              "sk-[A-Za-z0-9_-]{16,}",
              "(?:sk|rk|pk)_(?:live|test)_[A-Za-z0-9]{10,}",
              "(?:gh[pousr]_|github_pat_)[A-Za-z0-9_]{20,}",
              "glpat-[A-Za-z0-9_-]{16,}",
              "xox[abeoprs]-[A-Za-z0-9-]{10,}",
              "https://hooks\\.slack\\.com/services/[A-Za-z0-9/]+",
              "(?:AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{16}",
              "(?i)aws.{0,3}secret.{0,3}access.{0,3}key[\"'\\\\]{0,3}\\s{0,3}[:=]\\s{0,3}"
                  + "[\"'\\\\]{0,3}[A-Za-z0-9/+=]{40}",
              "AIza[A-Za-z0-9_-]{35}",
              "ya29\\.[A-Za-z0-9_-]{20,}",
              "hf_[A-Za-z0-9]{20,}",
              "npm_[A-Za-z0-9]{36}",
              "pypi-[A-Za-z0-9_-]{50,}",
              "SG\\.[A-Za-z0-9_-]{16,}\\.[A-Za-z0-9_-]{16,}",
              "eyJ[A-Za-z0-9_-]{8,}\\.[A-Za-z0-9_-]{8,}\\.[A-Za-z0-9_-]*",
              "(?i)bearer\\s{1,4}[A-Za-z0-9._~+/=-]{8,}",
              "(?i)authorization[\"'\\\\]{0,3}\\s{0,3}[:=]\\s{0,3}[\"'\\\\]{0,3}"
                  + "(?:basic|token)\\s{1,4}[A-Za-z0-9._~+/=-]{8,}",
              // A literal in quotes, also in JSON within a text; not a name in a program.
              "(?i)(?:password|passwd|pwd|secret|api[_-]?key|(?:access|auth)[_-]?token)"
                  + "[\"'\\\\]{0,3}\\s{0,3}[:=]\\s{0,3}\\\\?[\"'](?!\\[blanked])[^\"'\\s\\\\]{8,256}",
              "[A-Za-z][A-Za-z0-9+.-]{1,20}://[^\\s:/@\"']{1,64}:[^\\s@/\"']{1,128}@",
              "[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\\.[A-Za-z0-9-]{1,63}){0,8}\\.[A-Za-z]{2,24}")
          .map(Pattern::compile)
          .toList();

  private SecretShapes() {}
}
