package com.visiquate.ccproxy.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import java.io.IOException;
import java.util.function.Function;
import java.util.function.LongFunction;
import java.util.function.ToLongFunction;

/** Values that are one text or one number, and nothing around it. */
final class Scalar {
  private Scalar() {}

  static <T> void text(
      SimpleModule module, Class<T> type, Function<T, String> text, Function<String, T> value) {
    module.addSerializer(
        type,
        new StdSerializer<T>(type) {
          @Override
          public void serialize(T one, JsonGenerator out, SerializerProvider all)
              throws IOException {
            out.writeString(text.apply(one));
          }
        });
    module.addDeserializer(
        type,
        new StdDeserializer<T>(type) {
          @Override
          public T deserialize(JsonParser in, DeserializationContext all) throws IOException {
            return value.apply(_parseString(in, all, this));
          }
        });
  }

  static <T> void number(
      SimpleModule module, Class<T> type, ToLongFunction<T> number, LongFunction<T> value) {
    module.addSerializer(
        type,
        new StdSerializer<T>(type) {
          @Override
          public void serialize(T one, JsonGenerator out, SerializerProvider all)
              throws IOException {
            out.writeNumber(number.applyAsLong(one));
          }
        });
    module.addDeserializer(
        type,
        new StdDeserializer<T>(type) {
          @Override
          public T deserialize(JsonParser in, DeserializationContext all) throws IOException {
            return value.apply(_parseLongPrimitive(in, all));
          }
        });
  }
}
