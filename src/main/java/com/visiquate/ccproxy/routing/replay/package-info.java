/**
 * What would have been with other settings: past requests once more, in virtual time, through the
 * real scheduler.
 *
 * <p>Enters: past runs without their words, a plan, how the backends are. Leaves: figures. Owns:
 * machines that are played, by the speeds that were measured of the real ones.
 */
@NullMarked
package com.visiquate.ccproxy.routing.replay;

import org.jspecify.annotations.NullMarked;
