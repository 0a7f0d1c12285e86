package com.visiquate.ccproxy.alerts.rules;

/**
 * What was measured of this process and its machine; less than 0 where it is not known.
 *
 * @param diskFree bytes that are free where records, or else the working folder, are
 * @param memoryUsed share of the heap that the last collection left in use
 * @param logBytes size of the log file
 */
public record Machine(long diskFree, double memoryUsed, long logBytes) {}
