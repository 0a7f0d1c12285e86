/** The whole gateway against simulated Ollamas that misbehave, seen from the client's socket. */
@NullMarked
package com.visiquate.ccproxy.endtoend;

import org.jspecify.annotations.NullMarked;
