/**
 * The bus side of http: what an ingress asks of other stages, and what it hears from them.
 *
 * <p>Enters: exchanges that have been opened, messages to this ingress. Leaves: submissions,
 * credits, departures, the ledger's facts. Owns: the open exchanges of one ingress.
 */
@NullMarked
package com.visiquate.ccproxy.http.ingress;

import org.jspecify.annotations.NullMarked;
