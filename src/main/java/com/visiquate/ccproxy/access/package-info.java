/**
 * Holds keys to what they may use.
 *
 * <p>Enters: who wants to begin, and how much whoever has ended used. Leaves: yes, or why not and
 * when to come back. Owns: the counts of each key, for all ingresses together; where nodes act as
 * one, each owns what its own clients have and had, and the one that leads adds it up.
 */
@NullMarked
package com.visiquate.ccproxy.access;

import org.jspecify.annotations.NullMarked;
