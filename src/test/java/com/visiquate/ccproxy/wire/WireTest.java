package com.visiquate.ccproxy.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.Zstd;
import com.visiquate.ccproxy.bus.NodeMessage;
import com.visiquate.ccproxy.bus.NodeMessage.Parcel;
import com.visiquate.ccproxy.chat.ChatRequest;
import com.visiquate.ccproxy.chat.Message;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** What crosses from node to node, and what may not. */
final class WireTest {
  private static final int BROKEN = 10_000;

  private final Wire wire = new Wire();

  @Test
  void compressesWhatIsLarge() {
    Parcel large = saying("hello ".repeat(20_000));

    byte[] frame = wire.encode(large);

    assertThat(frame).hasSizeLessThan(2_000);
    assertThat(wire.decode(frame)).contains(large);
  }

  @Test
  void sendsWhatIsSmallAsItIs() {
    byte[] frame = wire.encode(saying("hello there"));
    assertThat(new String(frame, StandardCharsets.UTF_8)).contains("hello there");
  }

  /** JSON can escape it, UTF-8 cannot say it. */
  @Test
  void sendsHalfOfASurrogatePairAsOllamaWouldGetIt() {
    byte[] frame = wire.encode(saying("half \ud83d of it"));
    assertThat(wire.decode(frame)).contains(saying("half \ufffd of it"));
  }

  @Test
  void readsNoOtherProtocol() {
    byte[] frame = wire.encode(saying("hello"));
    frame[2]++;
    assertThat(wire.decode(frame)).isEmpty();
  }

  @Test
  void unpacksNothingThatIsTooLarge() {
    byte[] bomb = Zstd.compress(new byte[Frame.LARGEST + 1], 1);
    byte[] frame = new byte[bomb.length + 4];
    System.arraycopy(new byte[] {'c', 0, Wire.PROTOCOL, 1}, 0, frame, 0, 4);
    System.arraycopy(bomb, 0, frame, 4, bomb.length);

    assertThat(wire.decode(frame)).isEmpty();
    assertThatThrownBy(() -> Frame.pack(Wire.PROTOCOL, new byte[Frame.LARGEST + 1]))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void readsNoMessageThatIsNotWhole() {
    byte[] frame = wire.encode(Samples.of("telling"));
    for (int length = 0; length < frame.length; length++) {
      assertThat(wire.decode(Arrays.copyOf(frame, length))).as("%d bytes", length).isEmpty();
    }
    assertThat(wire.decode(Arrays.copyOf(frame, frame.length + 1))).isEmpty();
  }

  /** Nothing is thrown, and what can be read is a parcel that can be written again. */
  @Test
  void survivesRubbish() {
    List<byte[]> frames =
        Samples.all().values().stream().map(parcel -> wire.encode(parcel)).toList();
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < BROKEN; i++) {
      byte[] frame = frames.get(random.nextInt(frames.size())).clone();
      int changes = 1 + random.nextInt(4);
      for (int change = 0; change < changes; change++) {
        frame[4 + random.nextInt(frame.length - 4)] = (byte) random.nextInt(256);
      }
      wire.decode(frame).ifPresent(wire::encode);
    }
  }

  private static Parcel saying(String text) {
    ChatRequest request = ChatRequest.of("gpt-4", List.of(new Message.User(text)));
    return Samples.parcel(
        new NodeMessage.Wanted(
            Samples.submit(request), Duration.ofSeconds(1), Duration.ofSeconds(2)));
  }
}
