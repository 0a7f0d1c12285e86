package com.visiquate.ccproxy.wire;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.visiquate.ccproxy.bus.NodeMessage.Parcel;
import com.visiquate.ccproxy.bus.SharedMessage.Keepsake;
import java.io.IOException;
import java.util.Optional;

/**
 * Parcels, and what nodes keep for each other, as bytes. Fields that are not known are passed over,
 * so that nodes of one protocol number understand each other whatever their version; the number
 * changes when that is not enough.
 */
public final class Wire {
  /** Nodes of another number are none of ours. */
  public static final int PROTOCOL = 1;

  private final ObjectWriter writer;
  private final ObjectReader reader;
  private final ObjectWriter keepsakes;
  private final ObjectReader kept;

  public Wire() {
    var forms = Forms.mapper();
    writer = forms.writerFor(Parcel.class);
    reader = forms.readerFor(Parcel.class);
    keepsakes = forms.writerFor(Keepsake.class);
    kept = forms.readerFor(Keepsake.class);
  }

  public byte[] encode(Parcel parcel) {
    return encode(writer, parcel);
  }

  public byte[] encode(Keepsake keepsake) {
    return encode(keepsakes, keepsake);
  }

  private static byte[] encode(ObjectWriter form, Object message) {
    try {
      return Frame.pack(PROTOCOL, form.writeValueAsBytes(message));
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** Empty when it is none of this protocol, or not whole. */
  public Optional<Parcel> decode(byte[] bytes) {
    return Frame.unpack(PROTOCOL, bytes).flatMap(body -> read(reader, body));
  }

  /** The same of what nodes keep for each other. */
  public Optional<Keepsake> decodeKeepsake(byte[] bytes) {
    return Frame.unpack(PROTOCOL, bytes).flatMap(body -> read(kept, body));
  }

  private static <T> Optional<T> read(ObjectReader form, byte[] body) {
    try {
      return Optional.ofNullable(form.<T>readValue(body));
    } catch (IOException | IllegalArgumentException rubbish) {
      return Optional.empty();
    }
  }
}
