package com.visiquate.ccproxy.dialect;

/** What a dialect wants to remember of a request until it answers it. */
public interface AnswerForm {}
