/**
 * What every client family has in common: decoding a body, answering it, failing.
 *
 * <p>Enters: bytes of a request body, events of an exchange. Leaves: a request in the house's
 * words, bytes of an answer. Owns: the wire formats of the families, one sub-package each; nothing
 * here knows HTTP.
 */
@NullMarked
package com.visiquate.ccproxy.dialect;

import org.jspecify.annotations.NullMarked;
