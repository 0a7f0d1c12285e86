/**
 * What a request used, as it becomes known piece by piece, and the sums of many.
 *
 * <p>Enters: how exchanges ended, how long they held slots, the time. Leaves: entries for the
 * journal, amounts by day and value. Owns: which slots belong to which record.
 */
@NullMarked
package com.visiquate.ccproxy.records.account;

import org.jspecify.annotations.NullMarked;
