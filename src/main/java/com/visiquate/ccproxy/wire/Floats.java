package com.visiquate.ccproxy.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import com.visiquate.ccproxy.chat.Embedding;
import java.io.IOException;
import java.nio.ByteBuffer;

/** The numbers of an embedding, four bytes each. */
final class Floats {
  private Floats() {}

  static void of(SimpleModule module, Class<Embedding> type) {
    module.addSerializer(type, new Writing(type));
    module.addDeserializer(type, new Reading(type));
  }

  private static final class Writing extends StdSerializer<Embedding> {
    private static final long serialVersionUID = 1;

    Writing(Class<Embedding> type) {
      super(type);
    }

    @Override
    public void serialize(Embedding one, JsonGenerator out, SerializerProvider all)
        throws IOException {
      ByteBuffer bytes = ByteBuffer.allocate(one.size() * Float.BYTES);
      for (int i = 0; i < one.size(); i++) {
        bytes.putFloat(one.at(i));
      }
      out.writeBinary(bytes.array());
    }
  }

  private static final class Reading extends StdDeserializer<Embedding> {
    private static final long serialVersionUID = 1;

    Reading(Class<Embedding> type) {
      super(type);
    }

    @Override
    public Embedding deserialize(JsonParser in, DeserializationContext all) throws IOException {
      ByteBuffer bytes = ByteBuffer.wrap(in.getBinaryValue());
      float[] values = new float[bytes.remaining() / Float.BYTES];
      bytes.asFloatBuffer().get(values);
      return new Embedding(values);
    }
  }
}
