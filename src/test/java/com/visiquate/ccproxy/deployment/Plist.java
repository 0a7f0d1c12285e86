package com.visiquate.ccproxy.deployment;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/** Reads a property list as launchd does: dictionaries, arrays, texts, numbers and flags. */
final class Plist {
  private static final String NO_DTD =
      "http://apache.org/xml/features/nonvalidating/load-external-dtd";

  private Plist() {}

  static Map<?, ?> read(Path file) throws Exception {
    DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
    factory.setFeature(NO_DTD, false);
    Element root = factory.newDocumentBuilder().parse(file.toFile()).getDocumentElement();
    return (Map<?, ?>) value(children(root).getFirst());
  }

  private static Object value(Element element) {
    return switch (element.getTagName()) {
      case "dict" -> dictionary(children(element));
      case "array" -> children(element).stream().map(Plist::value).toList();
      case "string" -> element.getTextContent();
      case "integer" -> Integer.valueOf(element.getTextContent());
      case "true" -> true;
      case "false" -> false;
      default -> throw new IllegalArgumentException("no property: " + element.getTagName());
    };
  }

  private static Map<String, Object> dictionary(List<Element> elements) {
    Map<String, Object> dictionary = new LinkedHashMap<>();
    for (int i = 0; i < elements.size(); i += 2) {
      Element key = elements.get(i);
      if (!key.getTagName().equals("key")) {
        throw new IllegalArgumentException("no key: " + key.getTagName());
      }
      Object old = dictionary.put(key.getTextContent(), value(elements.get(i + 1)));
      if (old != null) {
        throw new IllegalArgumentException("twice: " + key.getTextContent());
      }
    }
    return dictionary;
  }

  private static List<Element> children(Element parent) {
    List<Element> children = new ArrayList<>();
    for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
      if (node instanceof Element element) {
        children.add(element);
      }
    }
    return children;
  }
}
