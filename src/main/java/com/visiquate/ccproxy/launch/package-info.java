/**
 * From a command line to a gateway that runs, and to its end.
 *
 * <p>Enters: arguments, the environment, signals. Leaves: a started gateway, lines for the
 * operator, exit codes. Owns: what has been started, and in which order it ends.
 */
@NullMarked
package com.visiquate.ccproxy.launch;

import org.jspecify.annotations.NullMarked;
