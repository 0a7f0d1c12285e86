/**
 * Who held which slot when, and why each start was decided as it was: the last hours, in memory.
 *
 * <p>Enters: the steps that routing notes while somebody listens. Leaves: stretches of time for a
 * picture, the terms of one decision, past runs for a replay. Owns: a bounded number of bytes with
 * rows of one size.
 */
@NullMarked
package com.visiquate.ccproxy.timeline;

import org.jspecify.annotations.NullMarked;
