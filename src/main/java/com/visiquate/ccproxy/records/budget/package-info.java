/**
 * Holds use to what is allowed in a day, a week or a month.
 *
 * <p>Enters: what each request has cost. Leaves: why the next one may not begin, and how it stands.
 * Owns: the sum of each budget in its period.
 */
@NullMarked
package com.visiquate.ccproxy.records.budget;

import org.jspecify.annotations.NullMarked;
