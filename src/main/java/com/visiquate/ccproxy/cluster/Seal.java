package com.visiquate.ccproxy.cluster;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * What only those can open and make who know the secret: AES-256 in Galois/Counter Mode, each with
 * a number of its own that is used once.
 */
final class Seal {
  private static final String MAC = "HmacSHA256";
  private static final String CIPHER = "AES/GCM/NoPadding";
  private static final int NONCE = 12;
  private static final int TAG_BITS = 128;
  private static final int NAME_LETTERS = 24;

  private final SecureRandom random = new SecureRandom();
  private final SecretKey key;
  private final SecretKey names;
  private final String name;

  /**
   * That of a cluster.
   *
   * @param protocol seals of another one are not opened
   */
  Seal(String cluster, String secret, int protocol) {
    this(cluster, secret, protocol, "messages");
  }

  private Seal(String cluster, String secret, int protocol, String what) {
    String use = cluster + "/" + protocol + "/";
    this.key = new SecretKeySpec(derived(secret, use + what), "AES");
    this.names = new SecretKeySpec(derived(secret, use + "names"), MAC);
    String proof = HexFormat.of().formatHex(derived(secret, use + "name"));
    this.name = cluster + "-" + protocol + "-" + proof.substring(0, NAME_LETTERS);
  }

  /** That of what a cluster keeps: nothing of it can be passed off as a message. */
  static Seal ofMaps(String cluster, String secret, int protocol) {
    return new Seal(cluster, secret, protocol, "maps");
  }

  /** A name for the cluster that nobody can guess who does not know the secret. */
  String name() {
    return name;
  }

  /** Another name for something, always the same, from which nobody can tell the first. */
  String nameOf(String plain) {
    byte[] mac = mac(names, plain);
    return HexFormat.of().formatHex(mac, 0, NAME_LETTERS / 2);
  }

  byte[] close(byte[] open) {
    byte[] nonce = new byte[NONCE];
    random.nextBytes(nonce);
    byte[] sealed = crypt(Cipher.ENCRYPT_MODE, nonce, open, 0).orElseThrow();
    byte[] all = Arrays.copyOf(nonce, NONCE + sealed.length);
    System.arraycopy(sealed, 0, all, NONCE, sealed.length);
    return all;
  }

  /** Empty when somebody has made or changed it who does not know the secret. */
  Optional<byte[]> open(byte[] sealed) {
    return sealed.length < NONCE
        ? Optional.empty()
        : crypt(Cipher.DECRYPT_MODE, Arrays.copyOf(sealed, NONCE), sealed, NONCE);
  }

  private Optional<byte[]> crypt(int mode, byte[] nonce, byte[] bytes, int from) {
    try {
      Cipher cipher = Cipher.getInstance(CIPHER);
      cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
      return Optional.of(cipher.doFinal(bytes, from, bytes.length - from));
    } catch (GeneralSecurityException notOurs) {
      return Optional.empty();
    }
  }

  private static byte[] derived(String secret, String use) {
    return mac(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), MAC), use);
  }

  private static byte[] mac(SecretKey with, String text) {
    try {
      Mac mac = Mac.getInstance(MAC);
      mac.init(with);
      return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException missing) {
      throw new IllegalStateException("every JDK has " + MAC, missing);
    }
  }
}
