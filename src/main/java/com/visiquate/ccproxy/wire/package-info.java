/**
 * What nodes say to each other, as bytes: CBOR, in one form for each message.
 *
 * <p>Enters: parcels, and bytes that may be anything. Leaves: bytes, and parcels that are whole.
 * Owns: the form, which the protocol number stands for; a node that runs alone never encodes.
 */
@NullMarked
package com.visiquate.ccproxy.wire;

import org.jspecify.annotations.NullMarked;
