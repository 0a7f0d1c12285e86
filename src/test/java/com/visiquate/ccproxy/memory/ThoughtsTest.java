package com.visiquate.ccproxy.memory;

import static org.assertj.core.api.Assertions.assertThat;

import com.visiquate.ccproxy.bus.ThoughtMessage.Keep;
import com.visiquate.ccproxy.bus.ThoughtMessage.Recollect;
import com.visiquate.ccproxy.bus.ThoughtMessage.Recollected;
import com.visiquate.ccproxy.chat.CallKey;
import com.visiquate.ccproxy.config.MemorySettings;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class ThoughtsTest {
  private static final CallKey ONE = new CallKey("call_abc", "ls");
  private static final CallKey OTHER = new CallKey("call_def", "ls");
  private static final Recollect BOTH = new Recollect(Set.of(ONE, OTHER));
  private static final Recollected NOTHING = new Recollected(Map.of());

  private final Thoughts thoughts = new Thoughts(MemorySettings.DEFAULT);

  @Test
  void asksOthersOnlyForWhatIsNotKnownHere() {
    thoughts.keep(new Keep(ONE, "hm"));
    assertThat(thoughts.unknown(BOTH)).containsExactly(OTHER);
  }

  @Test
  void keepsWhatOthersKnow() {
    thoughts.learn(Set.of(ONE), new Recollected(Map.of(ONE, "hm")));

    assertThat(thoughts.unknown(BOTH)).containsExactly(OTHER);
    assertThat(thoughts.recollect(BOTH).thoughts()).containsExactly(Map.entry(ONE, "hm"));
  }

  @Test
  void asksNoMoreForWhatNobodyHasEverThought() {
    for (int i = 0; i < 3; i++) {
      assertThat(thoughts.unknown(BOTH)).contains(ONE);
      thoughts.learn(Set.of(ONE), NOTHING);
    }
    assertThat(thoughts.unknown(BOTH)).containsExactly(OTHER);
    thoughts.keep(new Keep(ONE, "after all"));
    assertThat(thoughts.recollect(BOTH).thoughts()).containsExactly(Map.entry(ONE, "after all"));
  }

  @Test
  void asksForAFewAtATime() {
    Set<CallKey> many = new HashSet<>();
    for (int i = 0; i < 1_000; i++) {
      many.add(new CallKey("call_" + i + "x", "ls"));
    }
    assertThat(thoughts.unknown(new Recollect(many))).hasSize(256);
  }
}
