package com.visiquate.ccproxy.dialect.responses;

import com.visiquate.ccproxy.chat.ChatRequest;
import com.visiquate.ccproxy.chat.Failure;
import com.visiquate.ccproxy.chat.RawJson;
import com.visiquate.ccproxy.dialect.Answer;
import com.visiquate.ccproxy.dialect.AnswerForm;
import com.visiquate.ccproxy.dialect.BadField;
import com.visiquate.ccproxy.dialect.Decoded;
import com.visiquate.ccproxy.dialect.Dialect;
import com.visiquate.ccproxy.dialect.Dropped;
import com.visiquate.ccproxy.dialect.Family;
import com.visiquate.ccproxy.dialect.Field;
import com.visiquate.ccproxy.dialect.Identity;
import com.visiquate.ccproxy.dialect.Recall;
import com.visiquate.ccproxy.dialect.openai.CommonFields;
import com.visiquate.ccproxy.dialect.openai.OpenAiChat;
import java.util.List;

/**
 * {@code POST /v1/responses/compact}: the model sums a conversation up, and what the user said is
 * kept beside that. The answer is the input of whatever comes next.
 */
public final class Compaction implements Dialect {
  private static final OpenAiChat SAME_ERRORS = new OpenAiChat();

  private final Recall recall;

  public Compaction(Recall recall) {
    this.recall = recall;
  }

  /**
   * What is kept beside the summary.
   *
   * @param said the messages of the user
   */
  record Form(List<RawJson> said) implements AnswerForm {
    Form {
      said = List.copyOf(said);
    }
  }

  @Override
  public Family family() {
    return Family.OPENAI_RESPONSES;
  }

  @Override
  public Decoded decode(byte[] body) {
    try {
      return decode(Field.parse(body));
    } catch (BadField bad) {
      return new Decoded.Misunderstood(bad.failure());
    }
  }

  private Decoded decode(Field body) {
    Dropped dropped = new Dropped();
    Conversation conversation = new Conversation(body, recall, dropped);
    return new Decoded.Understood(
        Summary.of(ChatRequest.of(CommonFields.model(body), conversation.messages())),
        false,
        new Form(conversation.said()),
        CommonFields.client(body),
        dropped.names());
  }

  @Override
  public Answer answer(Decoded.Understood request, Identity identity) {
    return new CompactedAnswer(((Form) request.form()).said(), identity);
  }

  @Override
  public byte[] error(Failure failure, String requestId) {
    return SAME_ERRORS.error(failure, requestId);
  }
}
