/**
 * One verticle for each Ollama: its slots, connections, ghosts and health.
 *
 * <p>Enters: starts, stops, credit. Leaves: the events of each upstream read, reports, status.
 * Owns: whether there is room on that Ollama.
 */
@NullMarked
package com.visiquate.ccproxy.backend;

import org.jspecify.annotations.NullMarked;
