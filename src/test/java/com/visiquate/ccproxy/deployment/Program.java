package com.visiquate.ccproxy.deployment;

import com.visiquate.ccproxy.Main;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A jar with the classes of this build, which finds its libraries where this test found them. */
final class Program {
  private static final Path CLASSES = Path.of("target", "classes");

  private Program() {}

  /**
   * Writes the jar.
   *
   * @param release a name that makes it different from others
   */
  static Path write(Path jar, String release) throws IOException {
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream out = new JarOutputStream(file, manifest());
        Stream<Path> classes = Files.walk(CLASSES)) {
      out.setLevel(1);
      add(out, "release", release.getBytes(StandardCharsets.UTF_8));
      for (Path each : classes.filter(Files::isRegularFile).sorted().toList()) {
        String name = CLASSES.relativize(each).toString().replace(File.separatorChar, '/');
        add(out, name, Files.readAllBytes(each));
      }
    }
    return jar;
  }

  private static void add(JarOutputStream out, String name, byte[] content) throws IOException {
    out.putNextEntry(new JarEntry(name));
    out.write(content);
    out.closeEntry();
  }

  private static Manifest manifest() {
    Manifest manifest = new Manifest();
    Attributes main = manifest.getMainAttributes();
    main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    main.put(Attributes.Name.MAIN_CLASS, Main.class.getName());
    main.put(Attributes.Name.CLASS_PATH, libraries());
    main.put(new Attributes.Name("Enable-Native-Access"), "ALL-UNNAMED");
    return manifest;
  }

  private static String libraries() {
    String tests = System.getProperty("surefire.test.class.path");
    String classes = tests == null ? System.getProperty("java.class.path") : tests;
    List<String> jars =
        Arrays.stream(classes.split(File.pathSeparator)).filter(p -> p.endsWith(".jar")).toList();
    return jars.stream()
        .map(jar -> Path.of(jar).toUri().toString())
        .collect(Collectors.joining(" "));
  }
}
