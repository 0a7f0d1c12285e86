package com.visiquate.ccproxy.simulator;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A response taken apart: status, headers that matter, and its chunks (one, if it has a length).
 */
record Recording(String status, String contentType, String framing, List<String> chunks) {

  static byte[] bytes(Path folder, String file) throws IOException {
    return Files.readAllBytes(folder.resolve(file));
  }

  static Recording parse(byte[] response) {
    String latin = new String(response, StandardCharsets.ISO_8859_1);
    int end = latin.indexOf("\r\n\r\n");
    List<String> head = List.of(latin.substring(0, end).split("\r\n"));
    byte[] body = java.util.Arrays.copyOfRange(response, end + 4, response.length);
    boolean chunked = header(head, "transfer-encoding").equals("chunked");
    String length = header(head, "content-length");
    return new Recording(
        head.getFirst(),
        header(head, "content-type"),
        chunked ? "chunked" : length.isEmpty() ? "none" : "length",
        chunked ? chunks(body) : List.of(new String(body, StandardCharsets.UTF_8)));
  }

  private static String header(List<String> head, String name) {
    return head.stream()
        .filter(line -> line.toLowerCase(java.util.Locale.ROOT).startsWith(name + ": "))
        .map(line -> line.substring(name.length() + 2))
        .findFirst()
        .orElse("");
  }

  /** The chunks, the empty last one included when it is there. */
  private static List<String> chunks(byte[] body) {
    List<String> chunks = new ArrayList<>();
    int at = 0;
    while (at < body.length) {
      ByteArrayOutputStream size = new ByteArrayOutputStream();
      while (body[at] != '\r') {
        size.write(body[at++]);
      }
      int length = Integer.parseInt(size.toString(StandardCharsets.US_ASCII), 16);
      chunks.add(new String(body, at + 2, length, StandardCharsets.UTF_8));
      at += length + 4;
    }
    return chunks;
  }
}
