package com.visiquate.ccproxy.store;

/** Whose SQL it is; knows what differs. */
public enum Dialect {
  SQLITE {
    @Override
    public String sizeOf(String table) {
      // A file has no sizes of tables; what is free in it will be used again.
      return "select (p.page_count - f.freelist_count) * s.page_size"
          + " from pragma_page_count p, pragma_freelist_count f, pragma_page_size s";
    }
  },
  POSTGRESQL {
    @Override
    public String sizeOf(String table) {
      // What the server says of its files does not shrink with what is deleted, so that it is
      // reckoned by rows: the newest are measured, and an index takes some bytes of each.
      return "select (select count(*) from %1$s) * (select coalesce(avg(pg_column_size(r.*)), 0) + %2$d"
              .formatted(table, OVERHEAD)
          + " from (select * from %1$s limit 1000) r)".formatted(table);
    }
  };

  /** What a row takes in its indices and in heads of pages. */
  private static final int OVERHEAD = 300;

  /** Asks how many bytes a table takes, about, its indices included. */
  public abstract String sizeOf(String table);
}
