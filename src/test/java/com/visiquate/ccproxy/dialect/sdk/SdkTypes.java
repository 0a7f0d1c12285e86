package com.visiquate.ccproxy.dialect.sdk;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.WildcardType;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The types of which an official client's request consists, each with the names of its members as
 * they stand on the wire; found by reflection, so that a new version of a client shows what is new.
 */
final class SdkTypes {
  private static final Pattern MODELS = Pattern.compile("com\\.(openai|anthropic)\\.models\\..*");

  private final Predicate<String> isLookedInto;
  private final Map<String, Set<String>> members = new TreeMap<>();
  private final Deque<Class<?>> open = new ArrayDeque<>();
  private final Set<Class<?>> seen = new HashSet<>();

  private SdkTypes(Predicate<String> isLookedInto) {
    this.isLookedInto = isLookedInto;
  }

  /**
   * All types below one.
   *
   * @param isLookedInto whether the members of a type are of interest; others have none
   */
  static Map<String, Set<String>> below(Class<?> root, Predicate<String> isLookedInto) {
    SdkTypes types = new SdkTypes(isLookedInto);
    types.open(root);
    while (!types.open.isEmpty()) {
      types.look(types.open.removeFirst());
    }
    return types.members;
  }

  /** The name of a type without its packages. */
  static String name(Class<?> type) {
    String name = type.getName().substring(type.getPackageName().length() + 1).replace('$', '.');
    // What is in trial differs in name only, and in what it has besides.
    return name.startsWith("Beta") ? name.substring("Beta".length()) : name;
  }

  private void look(Class<?> type) {
    if (isUnion(type)) {
      methods(type)
          .filter(SdkTypes::isChoice)
          .forEach(choice -> open(choice.getGenericReturnType()));
      return;
    }
    if (methods(type).noneMatch(method -> method.isAnnotationPresent(JsonProperty.class))) {
      return;
    }
    Set<String> names = members.computeIfAbsent(name(type), unknown -> new TreeSet<>());
    if (!isLookedInto.test(name(type))) {
      return;
    }
    for (Method member : methods(type).toList()) {
      JsonProperty property = member.getAnnotation(JsonProperty.class);
      if (property != null && !property.value().equals("type")) {
        names.add(property.value());
        open(member.getGenericReturnType());
      }
    }
  }

  private void open(Type type) {
    switch (type) {
      case Class<?> plain -> {
        if (MODELS.matcher(plain.getName()).matches() && seen.add(plain)) {
          open.add(plain);
        }
      }
      case ParameterizedType generic ->
          Arrays.stream(generic.getActualTypeArguments()).forEach(this::open);
      case WildcardType wildcard -> Arrays.stream(wildcard.getUpperBounds()).forEach(this::open);
      default -> {}
    }
  }

  private static boolean isUnion(Class<?> type) {
    return Arrays.stream(type.getClasses())
            .anyMatch(inner -> inner.getSimpleName().equals("Visitor"))
        && methods(type).anyMatch(method -> method.getName().equals("_json"));
  }

  private static boolean isChoice(Method method) {
    return method.getName().startsWith("as") && method.getParameterCount() == 0;
  }

  private static Stream<Method> methods(Class<?> type) {
    return Arrays.stream(type.getMethods()).filter(method -> !method.isSynthetic());
  }
}
