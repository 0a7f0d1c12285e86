/**
 * What is not in the database yet, on disk: a kill of the process loses none of it.
 *
 * <p>Enters: entries. Leaves: the same in their order, or sums of those that there was no room for.
 * Owns: the spool's folder, and how far it has been read.
 */
@NullMarked
package com.visiquate.ccproxy.records.journal;

import org.jspecify.annotations.NullMarked;
