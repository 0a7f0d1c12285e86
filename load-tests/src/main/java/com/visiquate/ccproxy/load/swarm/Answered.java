package com.visiquate.ccproxy.load.swarm;

/** One answered turn as its agent saw it; times are seconds of the swarm. */
record Answered(String agent, int turn, double asked, double firstToken, double ended) {}
