package com.visiquate.ccproxy.cache;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * JSON in one form for all that means the same: names in order, as RFC 8785 has them, no spaces,
 * and one form for each number. Numbers keep all their digits, which RFC 8785 would cut: two seeds
 * that differ in the last of nineteen digits are two questions.
 */
final class CanonicalJson {
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
          .build();

  private CanonicalJson() {}

  /** Fails when it is no JSON, or more of it than can be read. */
  static byte[] of(byte[] json) throws IOException {
    return JSON.writeValueAsBytes(canonical(JSON.readValue(json, Object.class)));
  }

  private static @Nullable Object canonical(@Nullable Object value) {
    return switch (value) {
      case Map<?, ?> map -> {
        Map<String, @Nullable Object> sorted = new TreeMap<>();
        map.forEach((name, one) -> sorted.put(String.valueOf(name), canonical(one)));
        yield sorted;
      }
      case List<?> list -> {
        List<@Nullable Object> all = new ArrayList<>(list.size());
        list.forEach(one -> all.add(canonical(one)));
        yield all;
      }
      case BigDecimal number -> number.stripTrailingZeros();
      case BigInteger number -> new BigDecimal(number).stripTrailingZeros();
      case Number number -> BigDecimal.valueOf(number.longValue()).stripTrailingZeros();
      case null, default -> value;
    };
  }
}
