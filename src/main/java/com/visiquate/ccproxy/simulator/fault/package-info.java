/**
 * What a misbehaving Ollama does, by plan.
 *
 * <p>Enters: a plan of faults. Leaves: which fault befalls which request. Owns: how many of each
 * are left.
 */
@NullMarked
package com.visiquate.ccproxy.simulator.fault;

import org.jspecify.annotations.NullMarked;
