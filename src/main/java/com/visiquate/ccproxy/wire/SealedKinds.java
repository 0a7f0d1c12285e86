package com.visiquate.ccproxy.wire;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.cfg.MapperConfig;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.AnnotatedClass;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.jsontype.NamedType;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where a message may be one of several kinds, it says which: every sealed interface is told by the
 * simple name of the record, so that nothing but those records can ever be read.
 */
final class SealedKinds extends JacksonAnnotationIntrospector {
  private static final long serialVersionUID = 1;
  private static final String KIND = "kind";

  @Override
  public JsonTypeInfo.@Nullable Value findPolymorphicTypeInfo(
      MapperConfig<?> config, Annotated annotated) {
    return isSealed(annotated)
        ? JsonTypeInfo.Value.construct(
            JsonTypeInfo.Id.NAME, JsonTypeInfo.As.PROPERTY, KIND, null, false, true)
        : super.findPolymorphicTypeInfo(config, annotated);
  }

  @Override
  public @Nullable List<NamedType> findSubtypes(Annotated annotated) {
    if (!isSealed(annotated)) {
      return super.findSubtypes(annotated);
    }
    Set<NamedType> kinds = new LinkedHashSet<>();
    gather(annotated.getRawType(), kinds);
    return List.copyOf(kinds);
  }

  private static boolean isSealed(Annotated annotated) {
    return annotated instanceof AnnotatedClass && annotated.getRawType().isSealed();
  }

  private static void gather(Class<?> type, Set<NamedType> kinds) {
    for (Class<?> kind : type.getPermittedSubclasses()) {
      if (kind.isSealed()) {
        gather(kind, kinds);
      } else {
        kinds.add(new NamedType(kind, kind.getSimpleName()));
      }
    }
  }
}
