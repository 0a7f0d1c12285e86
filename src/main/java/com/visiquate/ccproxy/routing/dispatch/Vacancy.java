package com.visiquate.ccproxy.routing.dispatch;

import com.visiquate.ccproxy.fleet.ModelSpec;
import com.visiquate.ccproxy.routing.backends.BackendView;
import com.visiquate.ccproxy.routing.estimate.Pressure;

/**
 * A backend on which a request for a model can start now, or could if other models did not keep it
 * out.
 *
 * @param general whether it is open to requests that no backend has failed yet
 * @param closedFor nanoseconds until the others are expected to be gone; 0 when it is open
 */
record Vacancy(
    ModelSpec model, BackendView view, Pressure pressure, boolean general, long closedFor) {}
