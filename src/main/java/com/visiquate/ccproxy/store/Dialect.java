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
      return "select pg_total_relation_size('" + table + "')";
    }
  };

  /** Asks how many bytes a table takes, its indices included. */
  public abstract String sizeOf(String table);
}
