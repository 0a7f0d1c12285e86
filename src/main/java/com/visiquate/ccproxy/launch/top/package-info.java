/**
 * What a terminal shows of a gateway that runs.
 *
 * <p>Enters: the feed of the console, and the size of a terminal. Leaves: lines. Owns: the document
 * as it was heard last.
 */
@NullMarked
package com.visiquate.ccproxy.launch.top;

import org.jspecify.annotations.NullMarked;
