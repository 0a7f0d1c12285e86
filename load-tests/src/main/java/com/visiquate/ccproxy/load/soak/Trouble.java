package com.visiquate.ccproxy.load.soak;

/**
 * What is done to one backend at a time.
 *
 * @param excuses whether a gateway may fail somebody over it; slowness is no reason to
 */
record Trouble(String words, String order, boolean excuses) {
  private static final Trouble[] ALL = {
    new Trouble("reset in mid-stream", "{\"fault\":\"reset\",\"after\":3}", true),
    new Trouble("hang before the first token", "{\"fault\":\"hang\"}", true),
    new Trouble("status 500", "{\"fault\":\"status\",\"status\":500}", true),
    new Trouble("killed in mid-stream", "{\"fault\":\"truncated\",\"after\":5}", true),
    new Trouble("four times slower", "{\"fault\":\"slow\",\"factor\":4}", false),
    new Trouble("runner killed", "{\"fault\":\"error-line\",\"after\":4}", true),
    new Trouble("end without done", "{\"fault\":\"silent-end\",\"after\":4}", true),
    new Trouble("status 503", "{\"fault\":\"status\",\"status\":503}", true),
    new Trouble("torn lines", "{\"fault\":\"torn\"}", false),
    new Trouble("malformed line", "{\"fault\":\"malformed\",\"after\":4}", true),
    new Trouble("reset before the first line", "{\"fault\":\"reset\",\"after\":0}", true),
    new Trouble("slow /api/ps", "{\"fault\":\"slow-ps\",\"millis\":3000}", false),
  };

  static Trouble number(int at) {
    return ALL[at % ALL.length];
  }
}
