package com.visiquate.ccproxy.dialect.openai;

import com.visiquate.ccproxy.chat.Failure;
import com.visiquate.ccproxy.dialect.Answer;
import com.visiquate.ccproxy.dialect.BadField;
import com.visiquate.ccproxy.dialect.ByteSink;
import com.visiquate.ccproxy.dialect.Decoded;
import com.visiquate.ccproxy.dialect.Dialect;
import com.visiquate.ccproxy.dialect.Family;
import com.visiquate.ccproxy.dialect.Field;
import com.visiquate.ccproxy.dialect.Identity;

/** {@code POST /v1/chat/completions}, field by field as docs/dialects.md says. */
public final class OpenAiChat implements Dialect {
  @Override
  public Family family() {
    return Family.OPENAI_CHAT;
  }

  @Override
  public Decoded decode(byte[] body) {
    try {
      return new RequestReader(Field.parse(body)).read();
    } catch (BadField bad) {
      return new Decoded.Misunderstood(bad.failure());
    }
  }

  @Override
  public Answer answer(Decoded.Understood request, Identity identity) {
    ChatForm form = (ChatForm) request.form();
    return request.stream() ? new Stream(form, identity) : new Whole(form, identity);
  }

  /** The request id travels in a header in this family, so the body does without it. */
  @Override
  public byte[] error(Failure failure, String requestId) {
    ByteSink out = new ByteSink();
    Errors.write(failure, out);
    return out.take();
  }
}
