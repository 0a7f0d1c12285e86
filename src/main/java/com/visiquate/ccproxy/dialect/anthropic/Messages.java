package com.visiquate.ccproxy.dialect.anthropic;

import com.visiquate.ccproxy.chat.Failure;
import com.visiquate.ccproxy.dialect.Answer;
import com.visiquate.ccproxy.dialect.BadField;
import com.visiquate.ccproxy.dialect.ByteSink;
import com.visiquate.ccproxy.dialect.Calibration;
import com.visiquate.ccproxy.dialect.Decoded;
import com.visiquate.ccproxy.dialect.Dialect;
import com.visiquate.ccproxy.dialect.Family;
import com.visiquate.ccproxy.dialect.Field;
import com.visiquate.ccproxy.dialect.Identity;

/** {@code POST /v1/messages}, field by field as docs/dialects.md says. */
public final class Messages implements Dialect {
  private final Calibration calibration;

  public Messages() {
    this(Calibration.DEFAULT);
  }

  /** The calibration serves the estimate of input tokens with which a stream begins. */
  public Messages(Calibration calibration) {
    this.calibration = calibration;
  }

  @Override
  public Family family() {
    return Family.ANTHROPIC;
  }

  @Override
  public Decoded decode(byte[] body) {
    try {
      return new RequestReader(Field.parse(body), calibration).read();
    } catch (BadField bad) {
      return new Decoded.Misunderstood(Wording.of(bad));
    }
  }

  @Override
  public Answer answer(Decoded.Understood request, Identity identity) {
    MessagesForm form = (MessagesForm) request.form();
    Blocks blocks =
        request.stream() ? new StreamedBlocks(form, identity) : new WholeBlocks(form, identity);
    return new BlockAnswer(blocks, form);
  }

  @Override
  public byte[] error(Failure failure, String requestId) {
    ByteSink out = new ByteSink();
    Errors.early(failure, requestId, out);
    return out.take();
  }
}
