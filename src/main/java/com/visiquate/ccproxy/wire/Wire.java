package com.visiquate.ccproxy.wire;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.visiquate.ccproxy.bus.NodeMessage.Parcel;
import java.io.IOException;
import java.util.Optional;

/**
 * Parcels as bytes. Fields that are not known are passed over, so that nodes of one protocol number
 * understand each other whatever their version; the number changes when that is not enough.
 */
public final class Wire {
  /** Nodes of another number are none of ours. */
  public static final int PROTOCOL = 1;

  private final ObjectWriter writer;
  private final ObjectReader reader;

  public Wire() {
    var forms = Forms.mapper();
    writer = forms.writerFor(Parcel.class);
    reader = forms.readerFor(Parcel.class);
  }

  public byte[] encode(Parcel parcel) {
    try {
      return Frame.pack(PROTOCOL, writer.writeValueAsBytes(parcel));
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** Empty when it is none of this protocol, or not whole. */
  public Optional<Parcel> decode(byte[] bytes) {
    return Frame.unpack(PROTOCOL, bytes).flatMap(this::read);
  }

  private Optional<Parcel> read(byte[] body) {
    try {
      return Optional.ofNullable(reader.readValue(body));
    } catch (IOException | IllegalArgumentException rubbish) {
      return Optional.empty();
    }
  }
}
