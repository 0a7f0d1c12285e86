/**
 * What was used and what became of each request, as HTTP.
 *
 * <p>Enters: a question in a query, and whose key asks it. Leaves: JSON, CSV or a table for a
 * terminal, and the shapes that LiteLLM's dashboards read. Owns: nothing; the records answer.
 */
@NullMarked
package com.visiquate.ccproxy.http.accounts;

import org.jspecify.annotations.NullMarked;
