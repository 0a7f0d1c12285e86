package com.visiquate.ccproxy.dialect.ollama;

import com.visiquate.ccproxy.dialect.AnswerForm;

/** What a request says about the form of its answer: nothing but whether it is streamed. */
enum NativeForm implements AnswerForm {
  PLAIN
}
