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
 * 3  root     Main, Gateway                            wires everything; contains no logic
 * 2  stages   http  routing  backend  warmup  metrics  memory  access   verticles; they meet only on the bus
 *             rehearsal                             asks a gateway of its own, before clients come
 * 1  tools    dialect  ollama  bus  config  simulator  dialect and the ollama codec are pure
 * 0  words    chat  fleet                              immutable values; import only the JDK
 * </pre>
 */
@NullMarked
package com.visiquate.ccproxy;

import org.jspecify.annotations.NullMarked;
