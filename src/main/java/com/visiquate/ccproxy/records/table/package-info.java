/**
 * The tables of the records: what is written into them, once, and what is asked of them.
 *
 * <p>Enters: chunks of the journal, checked questions. Leaves: rows and sums. Owns: every statement
 * of SQL about requests.
 */
@NullMarked
package com.visiquate.ccproxy.records.table;

import org.jspecify.annotations.NullMarked;
