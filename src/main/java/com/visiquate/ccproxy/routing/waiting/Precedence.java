package com.visiquate.ccproxy.routing.waiting;

import com.visiquate.ccproxy.routing.request.OpenExchange;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

/**
 * Those that wait in one class, in the order in which they are expected to start. Says how many are
 * before one of them and how much work that is, without a walk through all: it keeps them in blocks
 * whose sums it knows.
 */
public final class Precedence {
  private static final int MOST = 128;

  private final List<Block> blocks = new ArrayList<>();

  /** Neighbours in the order, never none, and their summed work. */
  private static final class Block {
    final List<OpenExchange> exchanges = new ArrayList<>();
    long work;

    void add(int at, OpenExchange exchange) {
      exchanges.add(at, exchange);
      work += exchange.work();
    }

    Block split() {
      Block rest = new Block();
      List<OpenExchange> upper = exchanges.subList(exchanges.size() / 2, exchanges.size());
      for (OpenExchange exchange : upper) {
        rest.add(rest.exchanges.size(), exchange);
      }
      upper.clear();
      work -= rest.work;
      return rest;
    }
  }

  /**
   * What is before a request.
   *
   * @param count how many requests
   * @param work nanoseconds of expected service of all of them
   */
  public record Ahead(int count, long work) {
    Ahead and(int more, long moreWork) {
      return new Ahead(count + more, work + moreWork);
    }
  }

  void add(OpenExchange exchange) {
    int number = Math.max(0, Math.min(block(exchange), blocks.size() - 1));
    if (blocks.isEmpty()) {
      blocks.add(new Block());
    }
    Block block = blocks.get(number);
    block.add(-1 - find(block, exchange), exchange);
    if (block.exchanges.size() > MOST) {
      blocks.add(number + 1, block.split());
    }
  }

  void remove(OpenExchange exchange) {
    int number = block(exchange);
    Block block = blocks.get(number);
    block.exchanges.remove(find(block, exchange));
    block.work -= exchange.work();
    if (block.exchanges.isEmpty()) {
      blocks.remove(number);
    }
  }

  /** What is before it, whether it is here or not. */
  Ahead ahead(OpenExchange exchange) {
    int number = block(exchange);
    Ahead ahead = new Ahead(0, 0);
    for (Block before : blocks.subList(0, number)) {
      ahead = ahead.and(before.exchanges.size(), before.work);
    }
    if (number < blocks.size()) {
      Block own = blocks.get(number);
      int at = find(own, exchange);
      for (OpenExchange before : own.exchanges.subList(0, at < 0 ? -1 - at : at)) {
        ahead = ahead.and(1, before.work());
      }
    }
    return ahead;
  }

  Stream<OpenExchange> exchanges() {
    return blocks.stream().flatMap(block -> block.exchanges.stream());
  }

  /** The number of the first block that does not end before it. */
  private int block(OpenExchange exchange) {
    int low = 0;
    int high = blocks.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      boolean before =
          BestOfEachClient.RANK.compare(blocks.get(middle).exchanges.getLast(), exchange) < 0;
      low = before ? middle + 1 : low;
      high = before ? high : middle;
    }
    return low;
  }

  private static int find(Block block, OpenExchange exchange) {
    return Collections.binarySearch(block.exchanges, exchange, BestOfEachClient.RANK);
  }
}
