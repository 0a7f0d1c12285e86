/**
 * A swarm of agents at work through a gateway before simulated Ollamas, in scaled time: what the
 * order of a queue is worth. Start reading at {@link com.visiquate.ccproxy.load.swarm.Swarm}.
 */
package com.visiquate.ccproxy.load.swarm;
