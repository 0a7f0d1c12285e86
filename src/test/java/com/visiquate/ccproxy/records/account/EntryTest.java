package com.visiquate.ccproxy.records.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.visiquate.ccproxy.bus.Fact.Used;
import com.visiquate.ccproxy.bus.RequestRecord;
import com.visiquate.ccproxy.bus.RequestRecord.Price;
import com.visiquate.ccproxy.bus.RequestRecord.SlotUse;
import com.visiquate.ccproxy.bus.RequestRecord.Slots;
import com.visiquate.ccproxy.fleet.ModelName;
import com.visiquate.ccproxy.records.Ends;
import java.util.List;
import org.junit.jupiter.api.Test;

final class EntryTest {
  private static final RequestRecord ENDED =
      Recording.of(Ends.plain("a", Ends.NOON), "node", null)
          .revised(0, slots(1_000), new Price(0.5, 2));

  @Test
  void tellsAllOfItsFirstStep() {
    assertThat(new Entry(ENDED, null).used())
        .contains(new Used(new ModelName("qwen"), slots(1_000), 0.5, 2));
  }

  @Test
  void tellsOnlyWhatALaterStepAdds() {
    RequestRecord later =
        ENDED.revised(
            1,
            new Slots(List.of(new SlotUse("gpu-1", 1_500), new SlotUse("gpu-2", 70))),
            new Price(0.75, 2));
    Used used = new Entry(later, ENDED).used().orElseThrow();
    assertThat(used.slots().uses())
        .containsExactly(new SlotUse("gpu-1", 500), new SlotUse("gpu-2", 70));
    assertThat(used.cost()).isCloseTo(0.25, within(1e-9));
    assertThat(used.saved()).isZero();
  }

  @Test
  void saysNothingOfAStepThatAddsNothing() {
    assertThat(new Entry(ENDED, ENDED).used()).isEmpty();
  }

  private static Slots slots(long micros) {
    return new Slots(List.of(new SlotUse("gpu-1", micros)));
  }
}
