/**
 * Tells a collector where the time of each request went.
 *
 * <p>Enters: how each request ended. Leaves: spans, by OTLP, after the fact. Owns: those that are
 * not sent yet. Nothing of it is loaded unless a collector is named.
 */
@NullMarked
package com.visiquate.ccproxy.tracing;

import org.jspecify.annotations.NullMarked;
