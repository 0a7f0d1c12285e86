/**
 * What the console shows, as one document, and how it changes.
 *
 * <p>Enters: what is known of the gateway at one moment. Leaves: the whole document, and what has
 * changed since an earlier one. Owns: the document that was told last, and the last of its changes.
 */
@NullMarked
package com.visiquate.ccproxy.console.feed;

import org.jspecify.annotations.NullMarked;
