package com.visiquate.ccproxy.dialect.openai;

import com.visiquate.ccproxy.chat.OutputFormat;
import com.visiquate.ccproxy.dialect.Field;

/**
 * Reads which form an answer must have. A schema counts wherever it stands: chats nest it,
 * responses do not, and several servers take it beside {@code json_object}, too.
 */
public final class Format {
  private Format() {}

  public static OutputFormat read(Field format) {
    if (format.isAbsent()) {
      return OutputFormat.TEXT;
    }
    Field type = format.object().at("type");
    return switch (type.text()) {
      case "text" -> OutputFormat.TEXT;
      case "json_object", "json_schema" -> json(schema(format));
      default -> throw type.unsupported("Use 'text', 'json_object' or 'json_schema'.");
    };
  }

  private static Field schema(Field format) {
    Field nested = format.at("json_schema").at("schema");
    return nested.isAbsent() ? format.at("schema") : nested;
  }

  private static OutputFormat json(Field schema) {
    return schema.isAbsent() ? OutputFormat.JSON : new OutputFormat.Schema(schema.object().raw());
  }
}
