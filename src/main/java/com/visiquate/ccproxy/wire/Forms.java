package com.visiquate.ccproxy.wire;

import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import com.fasterxml.jackson.dataformat.cbor.CBORGenerator;
import com.fasterxml.jackson.dataformat.cbor.databind.CBORMapper;
import com.visiquate.ccproxy.bus.Membership.Member;
import com.visiquate.ccproxy.chat.Embedding;
import com.visiquate.ccproxy.chat.RawJson;
import com.visiquate.ccproxy.chat.ResponseId;
import com.visiquate.ccproxy.fleet.BackendId;
import com.visiquate.ccproxy.fleet.ClientId;
import com.visiquate.ccproxy.fleet.ExchangeId;
import com.visiquate.ccproxy.fleet.ModelName;
import com.visiquate.ccproxy.fleet.NodeId;
import java.time.Duration;
import java.time.Instant;

/** How values are written: records by the names of their parts, one of several kinds by its own. */
final class Forms {
  /** Deeper than any message is; the tools of a request are text here. */
  private static final int DEEPEST = 64;

  private Forms() {}

  static ObjectMapper mapper() {
    return CBORMapper.builder(factory())
        .annotationIntrospector(new SealedKinds())
        .addModule(scalars())
        .visibility(PropertyAccessor.IS_GETTER, Visibility.NONE)
        .serializationInclusion(JsonInclude.Include.NON_NULL)
        .disable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
        .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
        .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
        .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
        .build();
  }

  private static CBORFactory factory() {
    return CBORFactory.builder()
        // A client can escape half of a surrogate pair; Ollama would get U+FFFD for it, too.
        .enable(CBORGenerator.Feature.LENIENT_UTF_ENCODING)
        .streamReadConstraints(
            StreamReadConstraints.builder()
                .maxNestingDepth(DEEPEST)
                .maxStringLength(Frame.LARGEST)
                .maxDocumentLength(Frame.LARGEST)
                .build())
        .build();
  }

  /** It stands in every message three times. */
  private static String text(Member member) {
    return member.node() + "/" + member.life() + "/" + member.protocol();
  }

  private static Member member(String text) {
    String[] parts = text.split("/", -1);
    if (parts.length != 3) {
      throw new IllegalArgumentException("member: " + text);
    }
    return new Member(new NodeId(parts[0]), Long.parseLong(parts[1]), Integer.parseInt(parts[2]));
  }

  private static SimpleModule scalars() {
    SimpleModule module = new SimpleModule("ccproxy");
    Scalar.text(module, ExchangeId.class, ExchangeId::value, ExchangeId::new);
    Scalar.text(module, BackendId.class, BackendId::value, BackendId::new);
    Scalar.text(module, ModelName.class, ModelName::value, ModelName::new);
    Scalar.text(module, ClientId.class, ClientId::value, ClientId::new);
    Scalar.text(module, ResponseId.class, ResponseId::value, ResponseId::new);
    Scalar.text(module, NodeId.class, NodeId::value, NodeId::new);
    Scalar.text(module, RawJson.class, RawJson::text, RawJson::new);
    Scalar.text(module, Member.class, Forms::text, Forms::member);
    Scalar.number(module, Duration.class, Duration::toNanos, Duration::ofNanos);
    Scalar.number(module, Instant.class, Instant::toEpochMilli, Instant::ofEpochMilli);
    Floats.of(module, Embedding.class);
    return module;
  }
}
