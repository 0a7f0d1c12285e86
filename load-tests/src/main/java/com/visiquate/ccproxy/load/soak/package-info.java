/**
 * Clients of every kind for a long while before backends that break: is anything lost, late or
 * growing?
 */
package com.visiquate.ccproxy.load.soak;
