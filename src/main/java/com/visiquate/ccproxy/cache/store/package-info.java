/**
 * Answers that are kept: as bytes in this process, and in a Redis that nodes share. Each entry says
 * which request it answers, and is not believed by anybody else. What cannot be had in a moment, or
 * cannot be read, is not there.
 */
@NullMarked
package com.visiquate.ccproxy.cache.store;

import org.jspecify.annotations.NullMarked;
