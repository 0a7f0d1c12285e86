package com.visiquate.ccproxy.timeline;

/** The cells of one row, by where they begin. Moments are milliseconds after its block's base. */
enum Field {
  ID(0),
  PROFILE(4),
  LANE(5),
  BORN(6),
  QUEUED(7),
  STARTED(8),
  SPOKE(9),
  ENDED(10),
  FADED(11),
  KEPT(12),
  LOAD(13),
  PROMPT(14),
  OUTPUT(15),
  PROMPT_TOKENS(16),
  CACHED_TOKENS(17),
  OUTPUT_TOKENS(18),
  ROLE_TOKENS(19),
  FLAGS(20),
  TURN(21),
  CONTINUED(22),
  CHOSEN(23),
  NEXT_ID(32),
  NEXT_BACKEND(36),
  NEXT(37);

  /** What stands where nothing is known. */
  static final int NONE = Integer.MIN_VALUE;

  /** Cells of a row. */
  static final int WIDTH = 46;

  private final int offset;

  Field(int offset) {
    this.offset = offset;
  }

  int offset() {
    return offset;
  }
}
