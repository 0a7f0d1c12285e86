/**
 * SQL and nothing else: a database that is a file or a server, with the same tables in both.
 *
 * <p>Enters: where the database is, and what is to be done in it. Leaves: what was found, or why
 * not. Owns: the connections, and the version of the tables.
 */
@NullMarked
package com.visiquate.ccproxy.store;

import org.jspecify.annotations.NullMarked;
