/**
 * What nobody has understood yet: from the connection to the decoded request.
 *
 * <p>Enters: connections, heads and bodies. Leaves: exchanges, or a refusal in the client's own
 * words. Owns: the time and the bytes that a request may take, and who asks.
 */
@NullMarked
package com.visiquate.ccproxy.http.intake;

import org.jspecify.annotations.NullMarked;
