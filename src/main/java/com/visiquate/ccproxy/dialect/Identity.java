package com.visiquate.ccproxy.dialect;

/**
 * What an answer says of itself; given from outside, because dialects know no clock and no chance.
 *
 * @param id unique; only letters and digits, without a family's prefix
 * @param createdSeconds seconds since the epoch
 * @param model the name that the client asked for
 */
public record Identity(String id, long createdSeconds, String model) {}
