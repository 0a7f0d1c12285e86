/**
 * The stage of answers that may be given again: requests that ask the same at once share one run,
 * and complete answers are kept for a while. It stands between http and routing for those requests
 * alone that may have to do with it. A wrong answer is worse than none: whatever is not known to be
 * the same is asked again.
 */
@NullMarked
package com.visiquate.ccproxy.cache;

import org.jspecify.annotations.NullMarked;
