/**
 * Holds keys to what they may use.
 *
 * <p>Enters: who wants to begin, and how much whoever has ended used. Leaves: yes, or why not and
 * when to come back. Owns: the counts of each key, for all ingresses together.
 */
@NullMarked
package com.visiquate.ccproxy.access;

import org.jspecify.annotations.NullMarked;
