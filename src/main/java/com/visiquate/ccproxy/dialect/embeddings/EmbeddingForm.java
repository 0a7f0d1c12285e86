package com.visiquate.ccproxy.dialect.embeddings;

import com.visiquate.ccproxy.dialect.AnswerForm;

/**
 * What a request says about the form of its answer.
 *
 * @param parts requests that its texts were split into
 * @param partSize texts in each of them but the last
 * @param base64 whether an embedding is written as base64 instead of a list of numbers
 */
record EmbeddingForm(int parts, int partSize, boolean base64) implements AnswerForm {}
