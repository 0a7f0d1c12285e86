/**
 * Translates a LiteLLM configuration into ccproxy's own.
 *
 * <p>Enters: the nodes of a LiteLLM file and the environment. Leaves: the nodes of a native file,
 * each with the line that it comes from, and what became of every key. Owns: what LiteLLM's keys
 * are called and what they mean here.
 */
@NullMarked
package com.visiquate.ccproxy.config.litellm;

import org.jspecify.annotations.NullMarked;
