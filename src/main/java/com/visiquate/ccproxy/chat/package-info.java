/**
 * The words of what clients ask of models: chats, texts that go on, texts to embed.
 *
 * <p>Enters: what a client asked, in no family's wire format. Leaves: the same, immutable. Owns:
 * nothing; it imports only the JDK.
 */
@NullMarked
package com.visiquate.ccproxy.chat;

import org.jspecify.annotations.NullMarked;
