package com.visiquate.ccproxy.fleet;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.Comparator;

/**
 * A draw among models in which each has the chances of its share, and in which a conversation
 * always draws the same one.
 *
 * <p>Each model has a number that its name and the conversation make, and the highest wins
 * (weighted rendezvous hashing). The number of one does not depend on the others, so that another
 * share, one more or one less moves only the conversations that it must.
 */
final class Draw {
  /** As many bits as a double holds exactly. */
  private static final int BITS = 53;

  private Draw() {}

  /** One of them; not all may be without a weight. */
  static ModelName among(Collection<Share> shares, String conversation) {
    return shares.stream()
        .filter(share -> share.weight() > 0)
        .max(Comparator.comparingDouble(share -> score(share, conversation)))
        .map(Share::model)
        .orElseThrow();
  }

  private static double score(Share share, String conversation) {
    return -share.weight() / Math.log(chance(share.model(), conversation));
  }

  /** Between 0 and 1, both excluded, and even over all conversations. */
  private static double chance(ModelName model, String conversation) {
    byte[] mark = (model + "\n" + conversation).getBytes(StandardCharsets.UTF_8);
    long bits = ByteBuffer.wrap(digest(mark)).getLong() >>> (Long.SIZE - BITS);
    return (bits + 0.5) / (1L << BITS);
  }

  private static byte[] digest(byte[] mark) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(mark);
    } catch (NoSuchAlgorithmException everyJdkHasIt) {
      throw new IllegalStateException(everyJdkHasIt);
    }
  }
}
