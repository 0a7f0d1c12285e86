/**
 * What the caches of an Ollama still hold.
 *
 * <p>Enters: requests, answers, and what became of the slots. Leaves: how much of a request a
 * backend would not have to compute again, and what it would forget for it. Owns: one bounded
 * shadow for each backend and model.
 */
@NullMarked
package com.visiquate.ccproxy.routing.cache;

import org.jspecify.annotations.NullMarked;
