package com.visiquate.ccproxy.http.console;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * One file of the console, as it is sent.
 *
 * @param packed the same with gzip; null where that would save nothing
 * @param tag what tells its content from any other
 */
@SuppressWarnings("ArrayRecordComponent") // handed on, never changed
record PageFile(String type, byte[] bytes, byte @Nullable [] packed, String tag) {
  private static final int SMALL = 512;

  static PageFile of(String name, byte[] bytes) {
    String type = type(name);
    boolean isText = !type.startsWith("image/png") && !type.startsWith("font/");
    byte[] packed = isText && bytes.length > SMALL ? pack(bytes) : null;
    return new PageFile(type, bytes, packed, "\"" + digest(bytes) + "\"");
  }

  private static String type(String name) {
    return switch (name.substring(name.lastIndexOf('.') + 1)) {
      case "html" -> "text/html; charset=utf-8";
      case "js", "mjs" -> "text/javascript; charset=utf-8";
      case "css" -> "text/css; charset=utf-8";
      case "svg" -> "image/svg+xml";
      case "png" -> "image/png";
      case "json" -> "application/json";
      case "woff2" -> "font/woff2";
      default -> "text/plain; charset=utf-8";
    };
  }

  private static byte[] pack(byte[] bytes) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream(bytes.length / 2);
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(bytes);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return packed.toByteArray();
  }

  private static String digest(byte[] bytes) {
    try {
      byte[] whole = MessageDigest.getInstance("SHA-256").digest(bytes);
      return HexFormat.of().formatHex(whole, 0, 8);
    } catch (NoSuchAlgorithmException everyJdkHasIt) {
      throw new IllegalStateException(everyJdkHasIt);
    }
  }
}
