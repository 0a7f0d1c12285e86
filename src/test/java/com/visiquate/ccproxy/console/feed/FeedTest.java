package com.visiquate.ccproxy.console.feed;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.visiquate.ccproxy.bus.FeedMessage.Frame;
import com.visiquate.ccproxy.fleet.QueueReport.Phase;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class FeedTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private final Feed feed = new Feed("1.0", "node", Scenes.START);

  @Test
  void beginsWithAllAndGoesOnWithWhatChanged() throws JsonProcessingException {
    assertThat(feed.since(null)).isEmpty();
    feed.update(new Scenes(1, 2).picture());
    List<Frame> first = feed.since(null);
    assertThat(text(first)).startsWith("id: ").contains("\nevent: snapshot\ndata: {\"at\":");
    ObjectNode document = data(first.getFirst());

    Picture later = new Scenes(1, 2).at(1).runs("b0", "x1", Phase.PROMPT, 1).picture();
    Frame change = changed(later);
    assertThat(change.base()).isEqualTo(first.getFirst().version());
    assertThat(text(List.of(change))).contains("\nevent: change\ndata: ");
    MergePatch.apply(document, data(change));
    assertThat(document).isEqualTo(data(feed.since(null).getFirst()));
  }

  @Test
  void saysNothingWhenOnlyTimeHasPassed() {
    feed.update(new Scenes(1, 2).runs("b0", "x1", Phase.ANSWER, -3).picture());
    assertThat(feed.update(new Scenes(1, 2).at(1).runs("b0", "x1", Phase.ANSWER, -3).picture()))
        .isNull();
    Frame beat = feed.beat();
    assertThat(beat.base()).isEqualTo(beat.version());
    assertThat(text(List.of(beat))).startsWith(": ").endsWith("\n\n");
  }

  @Test
  void tellsWhoComesBackWhatHeHasMissed() {
    feed.update(new Scenes(1, 2).picture());
    String known = feed.since(null).getFirst().version();
    Frame one = changed(new Scenes(1, 2).at(1).waits("x1", 1, 1, 9).picture());
    Frame two = changed(new Scenes(1, 2).at(2).picture());
    assertThat(feed.since(known)).containsExactly(one, two);
    assertThat(feed.since(one.version())).containsExactly(two);
    assertThat(feed.since(two.version())).isEmpty();
  }

  @Test
  void tellsAllToWhoKnowsWhatIsKeptNoMore() {
    feed.update(new Scenes(1, 2).picture());
    String known = feed.since(null).getFirst().version();
    for (int i = 0; i <= Versions.MOST; i++) {
      feed.update(new Scenes(1, 2).at(i).waits("x" + i, i, i, i + 9).picture());
    }
    for (String last : List.of(known, "", "another.7", "made up")) {
      assertThat(feed.since(last)).singleElement().matches(Frame::isWhole);
    }
  }

  @Test
  void isRightForWhoHearsEveryChange() throws JsonProcessingException {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    feed.update(new Scenes(3, 2).picture());
    ObjectNode heard = data(feed.since(null).getFirst());
    for (int i = 0; i < 300; i++) {
      Frame change = feed.update(scene(random, i / 2.0));
      if (change != null) {
        MergePatch.apply(heard, data(change));
      }
      assertThat(heard).as("seed %d", seed).isEqualTo(data(feed.since(null).getFirst()));
    }
  }

  private static Picture scene(Random random, double at) {
    Scenes scene = new Scenes(3, 2).at(at);
    Phase[] phases = Phase.values();
    for (int i = random.nextInt(6); i > 0; i--) {
      String backend = "b" + random.nextInt(3);
      String exchange = "x" + random.nextInt(20);
      scene.runs(backend, exchange, phases[random.nextInt(3)], at - random.nextInt(9));
      scene.said(exchange, random.nextInt(100));
    }
    for (int i = random.nextInt(5); i > 0; i--) {
      scene.waits("w" + random.nextInt(9), at - i, random.nextInt(100), at + random.nextInt(60));
    }
    return scene.picture();
  }

  private Frame changed(Picture picture) {
    return Objects.requireNonNull(feed.update(picture));
  }

  private static String text(List<Frame> frames) {
    return new String(frames.getFirst().bytes(), UTF_8);
  }

  private static ObjectNode data(Frame frame) throws JsonProcessingException {
    String text = new String(frame.bytes(), UTF_8);
    JsonNode tree = JSON.readTree(text.substring(text.indexOf("data: ") + 6));
    return (ObjectNode) tree;
  }
}
