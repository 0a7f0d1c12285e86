package com.visiquate.ccproxy.ollama.grammar;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class GrammarSchemaTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String ANY =
      "{'type':['object','array','string','number','boolean','null']}";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{'type':'object','properties':{'a':{'type':'string','format':'date'},'b':{'enum':[1,'x',null]}},"
            + "'required':['a'],'additionalProperties':false}",
        "{'type':'array','items':{'anyOf':[{'type':'string'},{'type':'null'}]},'maxItems':9}",
        "{'type':'object','properties':{'t':{'$ref':'#/$defs/T'}},'$defs':{'T':{'type':'object',"
            + "'properties':{'kids':{'type':'array','items':{'$ref':'#/$defs/T'}}}}}}",
        "{'type':['string','null'],'minLength':1,'maxLength':9}",
        "{'type':'integer','minimum':1,'maximum':5}",
        "{'const':{'a':1}}",
        "{'type':'string','title':'T','description':'D','default':'x','examples':['y']}"
      })
  void leavesWhatTheEngineFollowsAsItIs(String schema) {
    GrammarSchema read = GrammarSchema.of(tree(schema));
    assertThat(read.schema()).isEqualTo(tree(schema));
    assertThat(read.leftOut()).isEmpty();
    assertThat(read.objection()).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '#',
      value = {
        "{'type':'string','pattern':'^a$'}; {'type':'string','pattern':'^[a]$'}",
        "{'pattern':'^a$'}; {'pattern':'^[a]$','type':'string'}",
        "{'type':'STRING'}; {'type':'string'}",
        "{'type':'string','nullable':true}; {'type':['string','null'],'nullable':true}",
        "{'type':'array','items':[{'type':'string'},{'type':'null'}]};"
            + " {'type':'array','items':[{'type':'string'},{'type':'null'}]}",
        "{'type':'array','prefixItems':[{'type':'string'}],'items':false};"
            + " {'type':'array','items':[{'type':'string'}]}",
        "{'type':'integer','exclusiveMinimum':true,'minimum':0}; {'type':'integer','minimum':1}",
        "{'type':'integer','minimum':0.5,'exclusiveMaximum':10};"
            + " {'type':'integer','minimum':1,'maximum':9}",
        "{'allOf':[{'type':'object','properties':{'a':{'type':'null'}}},{'required':['a']}]};"
            + " {'type':'object','properties':{'a':{'type':'null'}},'required':['a']}",
        "{'anyOf':[false,{'type':'string'}]}; {'anyOf':[{'type':'string'}]}",
        "{'type':'object','properties':{'a':{'type':'null'}},'anyOf':[{'required':['a']}]};"
            + " {'anyOf':[{'required':['a'],'type':'object','properties':{'a':{'type':'null'}}}]}",
        "{'type':'object','additionalProperties':{}};"
            + " {'type':'object','additionalProperties':true}",
        "{'$ref':'#/$defs/A','$defs':{'A':{'type':'null'},'B':{'$ref':'http://x'}}};"
            + " {'anyOf':[{'$ref':'#/$defs/A'}],'$defs':{'A':{'type':'null'}}}",
        "{'type':'object','properties':{'me':{'$ref':'#'}}};"
            + " {'type':'object','properties':{'me':{'$ref':'#/$defs/ref-0'}},'$defs':{'ref-0':"
            + "{'type':'object','properties':{'me':{'$ref':'#/$defs/ref-0'}}}}}"
      })
  void putsEveryWordSoThatTheEngineFollowsIt(String schema, String mended) {
    GrammarSchema read = GrammarSchema.of(tree(schema));
    assertThat(read.schema().toString()).isEqualTo(tree(mended).toString());
    assertThat(read.leftOut()).isEmpty();
    assertThat(read.objection()).isNull();
  }

  @Test
  void whateverIsAllowedIsAChoiceOfAllTypes() {
    JsonNode properties =
        GrammarSchema.of(
                tree(
                    "{'type':'object','required':['d'],'properties':{'a':{},'b':true,'c':{'title':'C'}}}"))
            .schema()
            .path("properties");
    assertThat(properties.path("a")).isEqualTo(tree(ANY));
    assertThat(properties.path("b")).isEqualTo(tree(ANY));
    assertThat(properties.path("c").path("type")).isEqualTo(tree(ANY).path("type"));
    assertThat(properties.path("d")).isEqualTo(tree(ANY));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '#',
      value = {
        "{'type':'string','pattern':'(?=x)y'}; pattern",
        "{'type':'string','maxLength':65536}; maxLength",
        "{'type':'string','pattern':'^a$','minLength':1}; minLength",
        "{'type':'array','items':{'type':'null'},'maxItems':'9'}; maxItems",
        "{'type':'array','minItems':5,'maxItems':2}; minItems",
        "{'type':'array','items':{'type':'null'},'uniqueItems':true}; uniqueItems",
        "{'type':'number','minimum':1}; minimum",
        "{'type':'integer','maximum':1e30}; maximum",
        "{'type':'object','patternProperties':{'^x':{'type':'null'}}}; patternProperties",
        "{'type':'object','properties':{'größe':{}},'additionalProperties':true};"
            + " additionalProperties",
        "{'type':'string','not':{'const':'x'}}; not",
        "{'oneOf':[{'type':'null'}],'anyOf':[{'type':'null'}]}; anyOf"
      })
  void namesWhatNoGrammarCanFollow(String schema, String word) {
    GrammarSchema read = GrammarSchema.of(tree(schema));
    assertThat(read.leftOut()).containsExactly(word);
    assertThat(read.objection()).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '#',
      value = {
        "{'properties':{'a':{'type':'int'}}}; properties.a.type",
        "{'properties':{'a':'string'}}; properties.a",
        "{'properties':[]}; properties",
        "{'properties':{'a':{'items':{'$ref':'#/$defs/Nope'}}}}; properties.a.items.$ref",
        "{'$ref':'https://example.org/schema'}; $ref",
        "{'anyOf':[{'type':'null'},{'enum':[]}]}; anyOf[1].enum",
        "{'oneOf':[false]}; oneOf",
        "{'anyOf':{}}; anyOf",
        "{'required':['a'],'properties':{'a':false}}; properties.a",
        "{'properties':{'a':{'$ref':'#/$defs/A'}},'$defs':{'A':{'anyOf':[{'$ref':'#/$defs/A'}]}}};"
            + " properties.a.$ref",
        "{'properties':{'$ref':{'type':'null'}}}; properties.$ref"
      })
  void saysWhereNothingCouldFollowIt(String schema, String path) {
    GrammarSchema.Objection objection = GrammarSchema.of(tree(schema)).objection();
    assertThat(objection).isNotNull().extracting(GrammarSchema.Objection::path).isEqualTo(path);
  }

  @Test
  void isNotExhaustedByOneThatIsBuiltToExhaust() {
    StringBuilder deep = new StringBuilder("{'type':'null'}");
    for (int i = 0; i < 60; i++) {
      deep.insert(0, "{'properties':{'x':").append("},'anyOf':[{'required':['x']},{'title':'y'}]}");
    }
    assertThat(GrammarSchema.of(tree(deep.toString())).objection()).isNotNull();

    StringBuilder defs = new StringBuilder("{'allOf':[{'$ref':'#/$defs/d0'}],'$defs':{");
    for (int i = 0; i < 200; i++) {
      defs.append(
          "'d%1$d':{'allOf':[{'$ref':'#/$defs/d%2$d'},{'$ref':'#/$defs/d%2$d'}]},"
              .formatted(i, i + 1));
    }
    assertThat(GrammarSchema.of(tree(defs + "'d200':{'type':'null'}}}")).leftOut())
        .contains("allOf");
  }

  private static JsonNode tree(String json) {
    try {
      return JSON.readTree(json.replace('\'', '"'));
    } catch (IOException malformed) {
      throw new UncheckedIOException(json, malformed);
    }
  }
}
