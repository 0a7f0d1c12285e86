package com.visiquate.ccproxy.dialect.responses;

import com.visiquate.ccproxy.dialect.ByteSink;
import com.visiquate.ccproxy.dialect.Field;

/** The members of a response object that repeat what the request said. */
final class Echo {
  private static final String PLAIN_TEXT = "{\"type\":\"text\"}";

  private Echo() {}

  /**
   * The members, a comma in front of each. What the request left open is null where the model's own
   * settings decide: a number would be invented.
   *
   * @param tools the tools that count, as a JSON list
   */
  static String of(Field body, String tools) {
    ByteSink out = new ByteSink();
    member("instructions", body.at("instructions"), "null", out);
    member("max_output_tokens", body.at("max_output_tokens"), "null", out);
    member("metadata", body.at("metadata"), "{}", out);
    member("parallel_tool_calls", body.at("parallel_tool_calls"), "true", out);
    member("previous_response_id", body.at("previous_response_id"), "null", out);
    member("prompt_cache_key", body.at("prompt_cache_key"), "null", out);
    value(body.at("reasoning").at("effort"), "null", out.raw(",\"reasoning\":{\"effort\":"));
    member("summary", body.at("reasoning").at("summary"), "null", out);
    member("safety_identifier", body.at("safety_identifier"), "null", out.raw("}"));
    member("store", body.at("store"), "true", out.raw(",\"service_tier\":\"default\""));
    member("temperature", body.at("temperature"), "null", out);
    value(body.at("text").at("format"), PLAIN_TEXT, out.raw(",\"text\":{\"format\":"));
    member("tool_choice", body.at("tool_choice"), "\"auto\"", out.raw("}"));
    out.raw(",\"tools\":").raw(tools);
    member("top_logprobs", body.at("top_logprobs"), "0", out);
    member("top_p", body.at("top_p"), "null", out);
    out.raw(",\"truncation\":\"disabled\"");
    member("user", body.at("user"), "null", out);
    return Written.text(out);
  }

  /** A tool as the response repeats it; of functions, clients expect all members. */
  static String tool(Field tool) {
    if (!tool.at("type").text("function").equals("function")) {
      return tool.raw().text();
    }
    Field function = tool.at("function").isObject() ? tool.at("function") : tool;
    ByteSink out = new ByteSink().raw("{\"type\":\"function\"");
    member("name", function.at("name"), "null", out);
    member("description", function.at("description"), "null", out);
    member("parameters", function.at("parameters"), "{\"type\":\"object\",\"properties\":{}}", out);
    member("strict", function.at("strict"), "false", out);
    return Written.text(out.raw("}"));
  }

  private static void member(String name, Field value, String otherwise, ByteSink out) {
    value(value, otherwise, out.raw(",").json(name).raw(":"));
  }

  private static void value(Field value, String otherwise, ByteSink out) {
    out.raw(value.isAbsent() ? otherwise : value.raw().text());
  }
}
