/**
 * What one ingress knows without asking: the fleet as it was last seen, and the sizes of prompts.
 *
 * <p>Enters: plans, backend status, counts of answers. Leaves: labels, estimates of prompts,
 * explanations of failures. Owns: snapshots, which may be stale.
 */
@NullMarked
package com.visiquate.ccproxy.http.view;

import org.jspecify.annotations.NullMarked;
