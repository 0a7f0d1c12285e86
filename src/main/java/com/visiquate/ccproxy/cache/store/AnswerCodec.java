package com.visiquate.ccproxy.cache.store;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdException;
import com.visiquate.ccproxy.chat.ChatEvent;
import com.visiquate.ccproxy.fleet.ModelName;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Answers as bytes, compressed unless they are short; whatever is not one of them is none. */
public final class AnswerCodec {
  /** Of an entry, before it is compressed. */
  public static final int LARGEST = 4 << 20;

  private static final JsonFactory JSON = new JsonFactory();
  private static final int FORM = 1;
  private static final int LEVEL = 1;

  /** Up to here compression takes several times as long as all the rest, and saves little. */
  private static final int SHORT = 1_024;

  /** Of a frame; what is shorter has no head that could be read. */
  private static final int SHORTEST = 18;

  private AnswerCodec() {}

  /** Empty when it is too large to be kept. */
  public static Optional<byte[]> encode(AnswerKey key, StoredAnswer answer) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator out = JSON.createGenerator(bytes)) {
      out.writeStartArray();
      out.writeNumber(FORM);
      out.writeString(key.text());
      out.writeString(answer.model().value());
      out.writeNumber(answer.at().toEpochMilli());
      out.writeNumber(answer.until().toEpochMilli());
      for (ChatEvent event : answer.events()) {
        EventCodec.write(out, event);
      }
      out.writeEndArray();
    } catch (IOException impossible) {
      throw new IllegalStateException(impossible);
    }
    byte[] plain = bytes.toByteArray();
    if (plain.length > LARGEST) {
      return Optional.empty();
    }
    return Optional.of(plain.length <= SHORT ? plain : Zstd.compress(plain, LEVEL));
  }

  /** Empty when it is not the answer for this key. */
  public static Optional<StoredAnswer> decode(AnswerKey key, byte[] bytes) {
    try (JsonParser in = JSON.createParser(plain(bytes))) {
      return read(in, key);
    } catch (IOException | IllegalArgumentException | ZstdException rubbish) {
      return Optional.empty();
    }
  }

  /** An array of JSON begins as no frame does. */
  private static byte[] plain(byte[] bytes) throws IOException {
    if (bytes.length > 0 && bytes[0] == '[') {
      return bytes;
    }
    long size = bytes.length < SHORTEST ? 0 : Zstd.getFrameContentSize(bytes);
    if (size <= 0 || size > LARGEST) {
      throw new IOException("no frame");
    }
    return Zstd.decompress(bytes, (int) size);
  }

  private static Optional<StoredAnswer> read(JsonParser in, AnswerKey key) throws IOException {
    in.nextToken();
    boolean ours =
        in.isExpectedStartArrayToken()
            && in.nextIntValue(0) == FORM
            && key.text().equals(in.nextTextValue());
    if (!ours) {
      return Optional.empty();
    }
    String name = in.nextTextValue();
    if (name == null) {
      return Optional.empty();
    }
    ModelName model = new ModelName(name);
    Instant at = Instant.ofEpochMilli(in.nextLongValue(0));
    Instant until = Instant.ofEpochMilli(in.nextLongValue(0));
    List<ChatEvent> events = new ArrayList<>();
    while (in.nextToken() != JsonToken.END_ARRAY) {
      events.add(EventCodec.read(in));
    }
    boolean whole = !events.isEmpty() && events.getLast() instanceof ChatEvent.Finished;
    return whole ? Optional.of(new StoredAnswer(model, events, at, until)) : Optional.empty();
  }
}
