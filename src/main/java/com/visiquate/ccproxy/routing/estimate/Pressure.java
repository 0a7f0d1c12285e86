package com.visiquate.ccproxy.routing.estimate;

/**
 * What a prompt meets on a backend.
 *
 * @param prompts nanoseconds of prompts that are computed before it
 * @param answers running answers that it stalls
 */
public record Pressure(long prompts, int answers) {}
