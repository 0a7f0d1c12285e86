package com.visiquate.ccproxy.load.swarm;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Draws who held which slot as SVG: a colour a role, strong while the prompt is computed, pale
 * while the answer comes, white while nothing runs.
 */
final class Picture {
  private static final int WIDTH = 1_200;
  private static final int LEFT = 70;
  private static final int LANE = 40;
  private static final int GAP = 6;
  private static final int TICKS = 10;

  private final StringBuilder svg = new StringBuilder();
  private final Slots slots;
  private int top = 50;

  private Picture(Slots slots) {
    this.slots = slots;
  }

  static String of(String title, Slots slots) {
    Picture picture = new Picture(slots);
    picture.text(LEFT, 24, 16, title);
    picture.panel(slots.whole());
    picture.panel(slots.closer());
    picture.legend();
    return """
    <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %1$d %2$d" font-family="sans-serif">
    <rect width="%1$d" height="%2$d" fill="white"/>
    %3$s</svg>
    """
        .formatted(WIDTH, picture.top, picture.svg);
  }

  private void panel(Slots.Window window) {
    for (int server = 0; server < Slots.NAMES.size(); server++) {
      text(4, top + LANE / 2 + 4, 12, Slots.NAMES.get(server));
      lane(server, window);
      top += LANE + GAP;
    }
    axis(window);
    top += 50;
  }

  /** One path for each role and phase keeps the file small. */
  private void lane(int server, Slots.Window window) {
    Map<String, StringBuilder> paths = new TreeMap<>();
    for (Held one : slots.of(server, window)) {
      Held.Span span = one.span();
      int role = slots.role(one);
      box(paths, colour(role, 45), window, span.seated(), span.spoke());
      box(paths, colour(role, 78), window, span.spoke(), span.ended());
    }
    paths.forEach((fill, path) -> add("<path fill=\"%s\" d=\"%s\"/>", fill, path));
  }

  private void box(
      Map<String, StringBuilder> paths, String fill, Slots.Window window, double from, double to) {
    double left = x(window, Math.max(from, window.from()));
    double width = x(window, Math.min(to, window.to())) - left;
    if (width > 0) {
      paths
          .computeIfAbsent(fill, first -> new StringBuilder())
          .append(line("M%.1f %dh%.1fv%dh-%.1fz", left, top, width, LANE, width));
    }
  }

  private void axis(Slots.Window window) {
    double step = step(window.length());
    for (double at = Math.ceil(window.from() / step) * step; at <= window.to(); at += step) {
      double x = x(window, at);
      add("<path stroke=\"gray\" d=\"M%.1f %dv6\"/>", x, top);
      text((int) x - 12, top + 20, 11, line("%,.0f s", at));
    }
  }

  /** 1, 2 or 5 times a power of ten, so that there are not too many ticks. */
  private static double step(double length) {
    double power = Math.pow(10, Math.floor(Math.log10(length / TICKS)));
    for (int times : new int[] {1, 2, 5}) {
      if (length / (times * power) <= TICKS) {
        return times * power;
      }
    }
    return 10 * power;
  }

  private void legend() {
    int x = LEFT;
    for (int i = 0; i < slots.roles().size(); i++) {
      add(
          "<rect x=\"%d\" y=\"%d\" width=\"10\" height=\"10\" fill=\"%s\"/>",
          x, top - 10, colour(i, 45));
      text(x + 14, top, 11, slots.roles().get(i));
      x += 190;
      if (x > WIDTH - 190) {
        x = LEFT;
        top += 18;
      }
    }
    top += 12;
    text(LEFT, top + 8, 11, "strong: the prompt is computed; pale: the answer comes; white: idle");
    top += 20;
  }

  private String colour(int role, int lightness) {
    return line("hsl(%d,65%%,%d%%)", role * 360 / slots.roles().size(), lightness);
  }

  private static double x(Slots.Window window, double at) {
    return LEFT + (at - window.from()) / window.length() * (WIDTH - LEFT - 10);
  }

  private void text(int x, int y, int size, String words) {
    add("<text x=\"%d\" y=\"%d\" font-size=\"%d\">%s</text>", x, y, size, words);
  }

  private void add(String format, Object... values) {
    svg.append(line(format, values)).append('\n');
  }

  private static String line(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
