package com.visiquate.ccproxy.config.litellm;

import org.yaml.snakeyaml.error.Mark;

/**
 * Something in a LiteLLM file that is wrong or doubtful.
 *
 * @param mark where it is written
 * @param path of the key, {@code model_list[0].litellm_params.model}
 * @param value what is written there, or what is wrong with it
 * @param expectation what should be there instead; empty when the value says it all
 * @param suggestion a known key that looks like the one that is written; empty for none
 */
public record Objection(
    Mark mark, String path, String value, String expectation, String suggestion) {}
