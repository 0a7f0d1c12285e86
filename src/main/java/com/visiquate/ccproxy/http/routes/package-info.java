/**
 * What is only read, and starts no exchange: health, models, metrics, the queue.
 *
 * <p>Enters: requests without work for a model. Leaves: small documents. Owns: the paths that are
 * not posted to.
 */
@NullMarked
package com.visiquate.ccproxy.http.routes;

import org.jspecify.annotations.NullMarked;
