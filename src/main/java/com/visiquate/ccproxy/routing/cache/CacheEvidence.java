package com.visiquate.ccproxy.routing.cache;

/**
 * A prompt that was computed where it is known how long that takes.
 *
 * @param tokens of the whole prompt
 * @param computed tokens that could have been computed in the time that it took
 * @param slowed whether others may have been computed meanwhile, so that it may have been shorter
 */
public record CacheEvidence(int tokens, double computed, boolean slowed) {}
