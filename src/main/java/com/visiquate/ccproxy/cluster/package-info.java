/**
 * Which nodes there are, who leads, and what each owes the others.
 *
 * <p>Enters: what nodes say to each other, and what the stages of this node say of clients and
 * backends. Leaves: the same, to the stages that it is about. Owns: nothing that another stage
 * owns; it knows of every open exchange and every run of its node, to tell it again.
 */
@NullMarked
package com.visiquate.ccproxy.cluster;

import org.jspecify.annotations.NullMarked;
