/**
 * Looks whether the configuration file has changed.
 *
 * <p>Enters: the time. Leaves: settings that have changed, or the problems of the file. Owns: what
 * was valid last.
 */
@NullMarked
package com.visiquate.ccproxy.config.watch;

import org.jspecify.annotations.NullMarked;
