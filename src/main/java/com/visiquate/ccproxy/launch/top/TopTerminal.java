package com.visiquate.ccproxy.launch.top;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jline.terminal.Attributes;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.Terminal.Signal;
import org.jline.terminal.TerminalBuilder;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStringBuilder;
import org.jline.utils.AttributedStyle;
import org.jline.utils.Display;
import org.jline.utils.InfoCmp.Capability;
import org.jline.utils.NonBlockingReader;

/** A terminal that is drawn on until somebody presses q; what was there before is there after. */
public final class TopTerminal {
  private static final long DRAW = 500;
  private static final int CONTROL_C = 3;

  private final Terminal terminal;
  private final FeedReader feed;
  private volatile boolean over;

  private TopTerminal(Terminal terminal, FeedReader feed) {
    this.terminal = terminal;
    this.feed = feed;
  }

  /** Draws until it is left; false when there is no terminal to draw on. */
  public static boolean show(FeedReader feed) throws IOException {
    try (Terminal terminal = TerminalBuilder.builder().system(true).dumb(true).build()) {
      if (terminal.getType().startsWith(Terminal.TYPE_DUMB)) {
        return false;
      }
      new TopTerminal(terminal, feed).run();
      return true;
    }
  }

  private void run() throws IOException {
    terminal.handle(Signal.INT, signal -> over = true);
    Attributes before = terminal.enterRawMode();
    terminal.puts(Capability.enter_ca_mode);
    terminal.puts(Capability.cursor_invisible);
    try {
      draw(new Display(terminal, true));
    } finally {
      // What a resize has left of it may come back into view otherwise.
      terminal.puts(Capability.clear_screen);
      terminal.puts(Capability.cursor_visible);
      terminal.puts(Capability.exit_ca_mode);
      terminal.flush();
      terminal.setAttributes(before);
    }
  }

  private void draw(Display display) throws IOException {
    NonBlockingReader keys = terminal.reader();
    while (!over) {
      long now = System.currentTimeMillis();
      feed.keepReading(now);
      Size size = terminal.getSize();
      display.resize(size.getRows(), size.getColumns());
      display.update(lines(size, now), 0);
      int key = keys.read(DRAW);
      over = over || key == 'q' || key == 'Q' || key == CONTROL_C || key == NonBlockingReader.EOF;
    }
  }

  private List<AttributedString> lines(Size size, long now) {
    List<AttributedString> lines = new ArrayList<>();
    for (String line : feed.lines(size.getColumns(), size.getRows(), now)) {
      lines.add(styled(line, lines.isEmpty()));
    }
    return lines;
  }

  private static AttributedString styled(String line, boolean isTitle) {
    AttributedStyle style =
        isTitle || line.startsWith("!") ? AttributedStyle.BOLD : AttributedStyle.DEFAULT;
    return new AttributedStringBuilder().append(line, style).toAttributedString();
  }
}
