/**
 * What a simulated model says.
 *
 * <p>Enters: a prompt, or a script of the test. Leaves: pieces of text, thinking and calls. Owns:
 * the words; when they are said is decided by the engine.
 */
@NullMarked
package com.visiquate.ccproxy.simulator.speech;

import org.jspecify.annotations.NullMarked;
