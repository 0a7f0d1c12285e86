package com.visiquate.ccproxy.dialect.responses;

import com.visiquate.ccproxy.chat.RawJson;
import com.visiquate.ccproxy.dialect.AnswerForm;
import java.util.List;
import java.util.Map;

/**
 * What a request says about the form of its answer.
 *
 * @param echo the members of the response object that repeat the request
 * @param tools how the client knows each tool, by the name under which the model knows it
 * @param seals whether reasoning items carry {@code encrypted_content}
 * @param hidesThinking whether the client does not want to see what the model thinks
 * @param stores whether the client may want to continue the response
 * @param input the items that led to the answer; empty unless it is stored
 * @param compacts whether the answer is one item that sums the conversation up
 */
record ResponsesForm(
    String echo,
    Map<String, ClientTool> tools,
    boolean seals,
    boolean hidesThinking,
    boolean stores,
    List<RawJson> input,
    boolean compacts)
    implements AnswerForm {
  ResponsesForm {
    tools = Map.copyOf(tools);
    input = List.copyOf(input);
  }

  ClientTool tool(String name) {
    return tools.getOrDefault(name, new ClientTool.Function(name, ""));
  }
}
