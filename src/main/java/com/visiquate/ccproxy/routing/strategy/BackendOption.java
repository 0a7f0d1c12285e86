package com.visiquate.ccproxy.routing.strategy;

import com.visiquate.ccproxy.fleet.BackendId;
import java.time.Duration;

/**
 * A backend on which a request could start now.
 *
 * @param free slots that are free there, ≥ 1
 * @param running requests of all models that hold a slot there, ghosts included
 * @param weight relative speed as configured, &gt; 0
 * @param firstToken expected time to the first token of this request there
 */
public record BackendOption(
    BackendId backend, int free, int running, double weight, Duration firstToken) {}
