/**
 * Reads, checks and watches the configuration.
 *
 * <p>Enters: a YAML file and the environment. Leaves: a valid {@code Settings}, or every problem
 * with its line. Owns: the names of the keys and their defaults.
 */
@NullMarked
package com.visiquate.ccproxy.config;

import org.jspecify.annotations.NullMarked;
