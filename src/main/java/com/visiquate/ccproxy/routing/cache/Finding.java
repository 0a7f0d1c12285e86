package com.visiquate.ccproxy.routing.cache;

/**
 * What a computed prompt tells.
 *
 * @param kept the length of it that was cached
 * @param change what is believed otherwise because of it
 */
public record Finding(int kept, CacheTruth.Change change) {}
