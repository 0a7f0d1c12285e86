/**
 * JSON schemas as the grammars of Ollama's engine can follow them: what it would refuse is put into
 * words that it knows, or left out.
 */
@NullMarked
package com.visiquate.ccproxy.ollama.grammar;

import org.jspecify.annotations.NullMarked;
