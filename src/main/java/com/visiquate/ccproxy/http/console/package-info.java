/**
 * The console of operators, as far as it is HTTP: its pages, its sessions, its feed, its actions.
 *
 * <p>Enters: requests of browsers and scripts below {@code /ccproxy/}. Leaves: files of the jar, a
 * stream of changes, and orders on the bus. Owns: who may change something, and the viewers of one
 * ingress.
 */
@NullMarked
package com.visiquate.ccproxy.http.console;

import org.jspecify.annotations.NullMarked;
