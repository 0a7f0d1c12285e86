/**
 * One run for several who ask the same at once. A flight keeps what its run has said for those who
 * come later, and gives each listener its share at its own pace. It is pure: what it wants done are
 * effects, and nothing here knows how requests are told apart.
 */
@NullMarked
package com.visiquate.ccproxy.cache.flight;

import org.jspecify.annotations.NullMarked;
