package com.visiquate.ccproxy.launch;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** The version that this was built as. */
public final class Version implements IVersionProvider {
  private static final String RESOURCE = "/ccproxy.properties";

  public static String number() {
    try (InputStream resource = Version.class.getResourceAsStream(RESOURCE)) {
      Properties properties = new Properties();
      if (resource != null) {
        properties.load(resource);
      }
      // Without a build, as in an editor, nobody has written it down.
      return properties.getProperty("version", "unknown");
    } catch (IOException broken) {
      throw new UncheckedIOException(RESOURCE + " cannot be read from the jar", broken);
    }
  }

  @Override
  public String[] getVersion() {
    return new String[] {"ccproxy " + number()};
  }
}
