package com.visiquate.ccproxy.dialect.responses;

import com.visiquate.ccproxy.chat.Failure;
import com.visiquate.ccproxy.chat.ResponseId;
import com.visiquate.ccproxy.dialect.BadField;
import com.visiquate.ccproxy.dialect.Decoded;
import com.visiquate.ccproxy.dialect.Dialect;
import com.visiquate.ccproxy.dialect.Family;
import com.visiquate.ccproxy.dialect.Field;
import com.visiquate.ccproxy.dialect.Identity;
import com.visiquate.ccproxy.dialect.Recall;
import com.visiquate.ccproxy.dialect.StorableAnswer;
import com.visiquate.ccproxy.dialect.openai.OpenAiChat;
import java.util.Set;

/**
 * {@code POST /v1/responses}, field by field as docs/dialects.md says.
 *
 * <p>Decoding is pure, but a request may continue an earlier response. Whoever keeps those may be
 * far away, so it goes in two steps: {@link #recalled} names the responses to fetch, and {@link
 * #decode} finds them through the {@link Recall} that this was made with.
 */
public final class Responses implements Dialect {
  private static final OpenAiChat SAME_ERRORS = new OpenAiChat();

  private final Recall recall;

  /** Remembers nothing: what continues an earlier response is refused. */
  public Responses() {
    this(Recall.NOTHING);
  }

  public Responses(Recall recall) {
    this.recall = recall;
  }

  /** The ids of the earlier responses that decoding this body asks for; most often none. */
  public static Set<ResponseId> recalled(byte[] body) {
    return RecalledIds.of(body);
  }

  /** Whether an id may be one of a response; other dialects remember answers of their own. */
  public static boolean isId(ResponseId id) {
    return ItemIds.isResponse(id.value());
  }

  @Override
  public Family family() {
    return Family.OPENAI_RESPONSES;
  }

  @Override
  public Decoded decode(byte[] body) {
    try {
      return new RequestReader(Field.parse(body), recall).read();
    } catch (BadField bad) {
      return new Decoded.Misunderstood(bad.failure());
    }
  }

  @Override
  public StorableAnswer answer(Decoded.Understood request, Identity identity) {
    ResponsesForm form = (ResponsesForm) request.form();
    StreamedResponse streamed = new StreamedResponse(form, identity);
    return request.stream() ? streamed : new WholeResponse(streamed);
  }

  @Override
  public byte[] error(Failure failure, String requestId) {
    return SAME_ERRORS.error(failure, requestId);
  }
}
