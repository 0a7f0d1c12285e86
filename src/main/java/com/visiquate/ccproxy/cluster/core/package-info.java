/**
 * What nodes owe each other, as pure state machines: who leads, what an ingress and a backend tell
 * a leader again, and what a leader makes of it. Messages may be lost, late, doubled or overtaken.
 */
@NullMarked
package com.visiquate.ccproxy.cluster.core;

import org.jspecify.annotations.NullMarked;
