/**
 * What may be asked of the records: words that are understood, or why not.
 *
 * <p>Enters: questions as people write them, and the time. Leaves: columns, moments and conditions,
 * or a failure that says what was probably meant. Owns: how moments and filters are written.
 */
@NullMarked
package com.visiquate.ccproxy.records.question;

import org.jspecify.annotations.NullMarked;
