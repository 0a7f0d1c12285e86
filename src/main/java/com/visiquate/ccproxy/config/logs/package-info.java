/**
 * Sets up the logs.
 *
 * <p>Enters: log settings. Leaves: lines on stdout, stderr and in the application log. Owns: the
 * appenders, their layouts and the levels of every logger.
 */
@NullMarked
package com.visiquate.ccproxy.config.logs;

import org.jspecify.annotations.NullMarked;
