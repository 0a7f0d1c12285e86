/**
 * ccproxy: a gateway that lets a swarm of coding agents share a few local Ollama servers.
 *
 * <p>What flows, and where:
 *
 * <pre>
 *                                  alias to model,
 *                                  the waiting room,        one for each Ollama:
 *                                  who is next, where       slots, connections
 * client --HTTP--> http --> dialect --[bus]--> routing --[bus]--> backend --> ollama --HTTP--> Ollama
 *           <--SSE-- http <-- dialect <--------[bus: the events of one read]--- backend <-- ollama <--NDJSON--
 * </pre>
 *
 * <p>The floors; a room imports only rooms on lower floors, never a neighbour:
 *
 * <pre>
 * 3  root     Main, Gateway, Backends, OptionalStages  wires everything; contains no logic
 *    launch   from a command line to a gateway that runs, and to its end
 * 2  stages   http  routing  backend  warmup  metrics  memory  access  tracing   verticles; they meet only on the bus
 *             timeline                              keeps who held which slot when, and why
 *             rehearsal                             asks a gateway of its own, before clients come
 *             cluster                               what nodes owe each other
 * 1  tools    dialect  ollama  bus  config  wire       dialect and the ollama codec are pure
 * 0  words    chat  fleet                              immutable values; import only the JDK
 *    apart    simulator                                only the root, launch and tests use it
 * </pre>
 */
@NullMarked
package com.visiquate.ccproxy;

import org.jspecify.annotations.NullMarked;
