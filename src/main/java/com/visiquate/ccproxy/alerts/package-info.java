/**
 * Tells operators what is wrong: one verticle for the whole gateway, deployed only when somebody
 * wants to be told.
 *
 * <p>Enters: what all may hear, and what is measured of the machine. Leaves: alerts, each told once
 * when it begins and once when it is over, to the log, a webhook and by mail. Owns: the state of
 * every alert, and what has yet to be told to whom.
 */
@NullMarked
package com.visiquate.ccproxy.alerts;

import org.jspecify.annotations.NullMarked;
