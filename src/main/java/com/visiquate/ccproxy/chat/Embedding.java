package com.visiquate.ccproxy.chat;

import java.util.Arrays;

/** Where a text lies in the space of an embedding model: numbers of single precision. */
public final class Embedding {
  private final float[] values;

  /** These numbers; they are copied. */
  public Embedding(float... values) {
    this.values = values.clone();
  }

  public int size() {
    return values.length;
  }

  public float at(int index) {
    return values[index];
  }

  /** Whether it says anything, and only numbers that JSON can express. */
  public boolean isSound() {
    for (float value : values) {
      if (!Float.isFinite(value)) {
        return false;
      }
    }
    return values.length > 0;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Embedding embedding && Arrays.equals(values, embedding.values);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(values);
  }

  @Override
  public String toString() {
    return "Embedding[size=%d]".formatted(values.length);
  }
}
