/**
 * The columns of a record, for tables and for lines of JSON alike.
 *
 * <p>Enters: a record, or the cells of a row. Leaves: the other. Owns: the columns' names.
 */
@NullMarked
package com.visiquate.ccproxy.records.row;

import org.jspecify.annotations.NullMarked;
