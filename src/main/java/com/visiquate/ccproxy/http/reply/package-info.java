/**
 * What a client is told, in the words of HTTP and of its family.
 *
 * <p>Enters: failures, heads and bytes. Leaves: one response, or one stream of pieces. Owns: how a
 * failure becomes a status, and which family an unknown path belongs to.
 */
@NullMarked
package com.visiquate.ccproxy.http.reply;

import org.jspecify.annotations.NullMarked;
