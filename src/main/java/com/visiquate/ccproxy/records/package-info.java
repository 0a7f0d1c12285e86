/**
 * What became of each request, kept: in a journal at once, in a database as soon as it can be.
 *
 * <p>Enters: how exchanges ended and how long they held slots; questions about what was used.
 * Leaves: the answers. Owns: the journal and all that is written into the database.
 */
@NullMarked
package com.visiquate.ccproxy.records;

import org.jspecify.annotations.NullMarked;
