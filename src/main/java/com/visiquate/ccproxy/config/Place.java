package com.visiquate.ccproxy.config;

/**
 * Where a setting is written: a line of a file, or an environment variable.
 *
 * @param source the file's path as given, or the variable's name
 * @param line from 1; 0 when the source has no lines
 * @param column from 1; 0 when the source has no lines
 */
public record Place(String source, int line, int column) {
  static Place of(String source) {
    return new Place(source, 0, 0);
  }

  /** {@code conf/ccproxy.yaml:7}, as editors and terminals recognise it. */
  @Override
  public String toString() {
    return line == 0 ? source : source + ":" + line;
  }
}
