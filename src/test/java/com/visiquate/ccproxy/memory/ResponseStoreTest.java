package com.visiquate.ccproxy.memory;

import static org.assertj.core.api.Assertions.assertThat;

import com.visiquate.ccproxy.chat.RawJson;
import com.visiquate.ccproxy.chat.ResponseId;
import com.visiquate.ccproxy.chat.StoredResponse;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class ResponseStoreTest {
  @Test
  void findsWhatWasPut() {
    ResponseStore store = new ResponseStore(2, 1000);
    store.put(response("a", 10));

    assertThat(store.find(new ResponseId("a"))).contains(response("a", 10));
    assertThat(store.find(new ResponseId("b"))).isEmpty();
  }

  @Test
  void forgetsTheOneThatNobodyAskedForTheLongest() {
    ResponseStore store = new ResponseStore(2, 1000);
    store.put(response("a", 10));
    store.put(response("b", 10));
    assertThat(store.find(new ResponseId("a"))).isPresent();

    store.put(response("c", 10));

    assertThat(store.find(new ResponseId("b"))).isEmpty();
    assertThat(store.find(new ResponseId("a"))).isPresent();
    assertThat(store.find(new ResponseId("c"))).isPresent();
  }

  @Test
  void forgetsAsManyAsTheBytesDemand() {
    ResponseStore store = new ResponseStore(100, 100);
    store.put(response("a", 40));
    store.put(response("b", 40));

    store.put(response("c", 90));

    assertThat(store.size()).isEqualTo(1);
    assertThat(store.bytes()).isEqualTo(90);
  }

  @Test
  void doesNotGiveUpTheOthersForOneThatIsTooLarge() {
    ResponseStore store = new ResponseStore(100, 100);
    store.put(response("a", 40));

    store.put(response("b", 101));

    assertThat(store.find(new ResponseId("a"))).isPresent();
    assertThat(store.find(new ResponseId("b"))).isEmpty();
  }

  @Test
  void countsAReplacedResponseOnce() {
    ResponseStore store = new ResponseStore(100, 100);
    store.put(response("a", 40));

    store.put(response("a", 50));

    assertThat(store.bytes()).isEqualTo(50);
  }

  @Test
  void forgetsOnRequestOnceOnly() {
    ResponseStore store = new ResponseStore(100, 100);
    store.put(response("a", 40));

    assertThat(store.remove(new ResponseId("a"))).isTrue();
    assertThat(store.remove(new ResponseId("a"))).isFalse();
    assertThat(store.bytes()).isZero();
  }

  @Test
  void keepsNothingWhereNothingMayBeKept() {
    ResponseStore store = new ResponseStore(0, 100);

    store.put(response("a", 1));

    assertThat(store.size()).isZero();
    assertThat(store.bytes()).isZero();
  }

  @Test
  void staysWithinItsBoundsWhateverHappens() {
    long seed = Long.getLong("seed", new Random().nextLong());
    System.out.println("ResponseStoreTest seed=" + seed);
    Random random = new Random(seed);
    ResponseStore store = new ResponseStore(7, 300);
    for (int round = 0; round < 20_000; round++) {
      String id = "r" + random.nextInt(20);
      switch (random.nextInt(4)) {
        case 0 -> store.remove(new ResponseId(id));
        case 1 -> store.find(new ResponseId(id));
        default -> store.put(response(id, random.nextInt(350)));
      }
      assertThat(store.size()).isLessThanOrEqualTo(7);
      assertThat(store.bytes()).isBetween(0L, 300L);
    }
  }

  private static StoredResponse response(String id, int bytes) {
    RawJson half = new RawJson("x".repeat(bytes / 2));
    return new StoredResponse(
        new ResponseId(id), new RawJson("x".repeat(bytes - bytes / 2)), List.of(half), List.of());
  }
}
