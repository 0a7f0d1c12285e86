package com.visiquate.ccproxy.launch.top;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ScreenTest {
  private static final long NOW = 100_000;
  private static final String DOCUMENT =
      """
      {"version":"1.0","node":"mac","limit":"2 requests wait for m.",
       "totals":{"answered":12,"failed":1,"cancelled":2},
       "backends":{
         "b0":{"state":"up","slots":{
           "1":{"phase":"held","model":"m","client":"ada","until":109000},
           "0":{"phase":"output","model":"m","client":"agent-1","since":88000,
                "expected_end":103000,"output_tokens":140,"rate":20.4}}},
         "b1":{"state":"up","drained":"ada","slots":{
           "0":{"phase":"prompt","model":"m","client":"agent-2","since":90000,"progress":0.2,
                "expected_output":110000,"expected_end":130000,
                "prompt_tokens":1000,"cached_tokens":200}}},
         "b2":{"state":"down","slots":{}}},
       "waiting":{
         "x9":{"rank":9,"model":"m","class":"normal","client":"agent-9","arrived":25000},
         "x3":{"rank":3,"model":"m","class":"normal","client":"agent-3","arrived":25000,
               "expected_start":104000}},
       "alerts":{}}
      """;

  @Test
  void showsWhoRunsAndWhoWaits() throws JsonProcessingException {
    assertThat(String.join("\n", lines(tree(), 100, 24, "")))
        .isEqualTo(
            """
            ccproxy 1.0  mac                                         12 answered, 1 failed, 2 cancelled  q quits
            2 requests wait for m.

            BACKEND       SLOT  WORK        MODEL  CLIENT   FOR  LEFT  TOKENS
            b0            0     output      m      agent-1  12s  3s    140, 20/s
                          1     held        m      ada           9s
            b1 (drained)  0     prompt 60%  m      agent-2  10s  30s   200 of 1000 cached
            b2 (down)

            PLACE  MODEL  CLASS   CLIENT   WAITED  STARTS IN  REQUEST
            1      m      normal  agent-3  1m15s   4s         x3
            2      m      normal  agent-9  1m15s              x9\
            """);
  }

  @Test
  void fitsAnyTerminal() throws JsonProcessingException {
    ObjectNode crowd = tree();
    for (int i = 0; i < 500; i++) {
      crowd
          .withObject("/waiting")
          .putObject("x" + i)
          .put("rank", i)
          .put("client", "agent-with-a-very-long-name-" + i);
      crowd.withObject("/backends/b0/slots").putObject("" + i).put("phase", "free");
    }
    for (int columns : new int[] {20, 80, 200}) {
      for (int rows : new int[] {1, 2, 5, 24, 60}) {
        List<String> lines = lines(crowd, columns, rows, "");
        assertThat(lines).hasSizeLessThanOrEqualTo(rows);
        assertThat(lines).allMatch(line -> line.length() <= columns);
      }
    }
    List<String> usual = lines(crowd, 80, 24, "");
    assertThat(usual).hasSize(24).anyMatch(line -> line.matches("… and \\d+ more slots"));
    assertThat(usual.getLast()).matches("… and \\d+ more wait");
  }

  @Test
  void saysWhatIsWrong() throws JsonProcessingException {
    ObjectNode document = tree();
    document.withObject("/alerts").putObject("1").put("text", "b2 is down.\u001b[31m");
    assertThat(lines(document, 80, 24, "no gateway answers"))
        .contains("! no gateway answers", "! b2 is down.?[31m");
  }

  private static List<String> lines(JsonNode document, int columns, int rows, String note) {
    return new Screen(document, columns, NOW).lines(rows, note);
  }

  private static ObjectNode tree() throws JsonProcessingException {
    return (ObjectNode) new ObjectMapper().readTree(DOCUMENT);
  }
}
