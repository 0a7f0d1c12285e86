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
  AFTER(11),
  LOAD(12),
  PROMPT(13),
  PROMPT_TOKENS(14),
  CACHED_TOKENS(15),
  OUTPUT_TOKENS(16),
  ROLE_TOKENS(17),
  FLAGS(18),
  TURN(19),
  CONTINUED(20),
  CHOSEN(21),
  NEXT_ID(30),
  NEXT_BACKEND(34),
  NEXT(35);

  /** What stands where nothing is known. */
  static final int NONE = Integer.MIN_VALUE;

  /** Cells of a row. */
  static final int WIDTH = 44;

  private final int offset;

  Field(int offset) {
    this.offset = offset;
  }

  int offset() {
    return offset;
  }
}
