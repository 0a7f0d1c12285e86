/** The files that bring ccproxy onto a machine: agents, scripts and the proxy before it. */
@NullMarked
package com.visiquate.ccproxy.deployment;

import org.jspecify.annotations.NullMarked;
