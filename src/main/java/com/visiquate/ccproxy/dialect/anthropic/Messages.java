package com.visiquate.ccproxy.dialect.anthropic;

import com.visiquate.ccproxy.chat.Failure;
import com.visiquate.ccproxy.chat.ResponseId;
import com.visiquate.ccproxy.dialect.Answer;
import com.visiquate.ccproxy.dialect.BadField;
import com.visiquate.ccproxy.dialect.ByteSink;
import com.visiquate.ccproxy.dialect.Calibration;
import com.visiquate.ccproxy.dialect.Decoded;
import com.visiquate.ccproxy.dialect.Dialect;
import com.visiquate.ccproxy.dialect.Family;
import com.visiquate.ccproxy.dialect.Field;
import com.visiquate.ccproxy.dialect.Identity;
import com.visiquate.ccproxy.dialect.Recall;
import java.util.Set;

/** {@code POST /v1/messages}, field by field as docs/dialects.md says. */
public final class Messages implements Dialect {
  private final Calibration calibration;
  private final Recall recall;

  public Messages() {
    this(Calibration.DEFAULT);
  }

  /** The calibration serves the estimate of input tokens with which a stream begins. */
  public Messages(Calibration calibration) {
    this(calibration, Recall.NOTHING);
  }

  /** One that knows the threads that a request may continue, see {@link #recalled}. */
  public Messages(Calibration calibration, Recall recall) {
    this.calibration = calibration;
    this.recall = recall;
  }

  /** The ids of the earlier messages that decoding this body asks for: one at most. */
  public static Set<ResponseId> recalled(byte[] body) {
    return MessageThread.recalled(body);
  }

  @Override
  public Family family() {
    return Family.ANTHROPIC;
  }

  @Override
  public Decoded decode(byte[] body) {
    try {
      return new RequestReader(Field.parse(body), calibration, recall).read();
    } catch (BadField bad) {
      return new Decoded.Misunderstood(Wording.of(bad));
    }
  }

  @Override
  public Answer answer(Decoded.Understood request, Identity identity) {
    MessagesForm form = (MessagesForm) request.form();
    Blocks blocks =
        request.stream() ? new StreamedBlocks(form, identity) : new WholeBlocks(form, identity);
    Answer answer = new BlockAnswer(blocks, form);
    return form.held() == null ? answer : new HeldAnswer(answer, form.held(), form, identity);
  }

  @Override
  public byte[] error(Failure failure, String requestId) {
    ByteSink out = new ByteSink();
    Errors.early(failure, requestId, out);
    return out.take();
  }
}
