package com.visiquate.ccproxy.store;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * Where a database is.
 *
 * @param location path of the file, or JDBC's address without user and password
 * @param name the same for messages and logs; without parameters, for they may hold a password
 */
public record DatabaseSettings(
    Dialect dialect, String location, String name, String user, String password) {
  private static final String JDBC = "jdbc:postgresql:";

  /** A file of SQLite; it is made when it is not there. */
  public static DatabaseSettings file(Path path) {
    String whole = path.toAbsolutePath().normalize().toString();
    return new DatabaseSettings(Dialect.SQLITE, whole, whole, "", "");
  }

  /** A PostgreSQL, as {@code postgresql://user:password@host:port/database} or for JDBC. */
  public static DatabaseSettings url(String url) throws DatabaseException {
    if (url.startsWith(JDBC)) {
      String name = url.substring("jdbc:".length()).split("\\?", 2)[0].replaceAll("//[^/]*@", "//");
      return new DatabaseSettings(Dialect.POSTGRESQL, url, name, "", "");
    }
    if (!url.matches("postgres(ql)?://.+")) {
      throw notUnderstood();
    }
    try {
      return of(new URI(url));
    } catch (java.net.URISyntaxException broken) {
      throw notUnderstood();
    }
  }

  private static DatabaseSettings of(URI uri) throws DatabaseException {
    String authority = uri.getRawAuthority();
    String path = uri.getRawPath();
    if (authority == null || path == null || path.length() < 2) {
      throw notUnderstood();
    }
    int at = authority.lastIndexOf('@');
    String[] login = (at < 0 ? "" : authority.substring(0, at)).split(":", 2);
    String place = "//" + authority.substring(at + 1) + path;
    String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
    return new DatabaseSettings(
        Dialect.POSTGRESQL,
        JDBC + place + query,
        "postgresql:" + place,
        decoded(login[0]),
        login.length < 2 ? "" : decoded(login[1]));
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  /** Says nothing of what was written, for there may be a password in it. */
  private static DatabaseException notUnderstood() {
    return new DatabaseException(
        DatabaseException.Kind.NOT_UNDERSTOOD,
        "the database's url is not understood (expected:"
            + " postgresql://user:password@host:port/database; special characters of the password"
            + " are written %40 and so on)");
  }

  /** Without the password. */
  @Override
  public String toString() {
    return name;
  }
}
