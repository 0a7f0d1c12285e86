/**
 * Keeps conversations for training, of those whose owner has agreed.
 *
 * <p>Enters: turns of conversations that ended well. Leaves: files for their user alone, one for
 * each conversation, in which secrets of known shapes are blanked. Owns: the folder of these files,
 * its size and their age. Nothing of it is loaded unless names are configured.
 */
@NullMarked
package com.visiquate.ccproxy.capture;

import org.jspecify.annotations.NullMarked;
