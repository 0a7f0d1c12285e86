package com.visiquate.ccproxy.http.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.visiquate.ccproxy.fleet.ModelCard;
import com.visiquate.ccproxy.fleet.ModelName;
import com.visiquate.ccproxy.http.console.Badges.Traits;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class BadgesTest {
  private static final ModelName SMALL = new ModelName("small");
  private static final ModelName LARGE = new ModelName("large");

  @Test
  void compareWhatIsKnown() {
    List<Traits> both = List.of(traits(SMALL, 90, 7, -1), traits(LARGE, 20, 70, -1));
    assertThat(Badges.of(both, List.of(SMALL)))
        .isEqualTo(Map.of(SMALL, List.of("fast", "cheap", "local"), LARGE, List.of("best")));
  }

  @Test
  void believePricesBeforeSizes() {
    assertThat(of(traits(SMALL, 90, 7, 2), traits(LARGE, 20, 70, 1)))
        .isEqualTo(Map.of(SMALL, List.of("fast"), LARGE, List.of("best", "cheap")));
  }

  @Test
  void sayNothingWhereNobodyIsMore() {
    assertThat(of(traits(SMALL, 90, 7, -1))).isEmpty();
    assertThat(of(traits(SMALL, 0, 0, -1), traits(LARGE, 0, 0, -1))).isEmpty();
    assertThat(of(traits(SMALL, 5, 7, 1), traits(LARGE, 5, 7, 1))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"7.6B, 7.6", "137M, 0.137", "1T, 1000", "'', 0", "large, 0"})
  void readSizesAsOllamaTellsThem(String text, double billions) {
    ModelCard.Details details = new ModelCard.Details("", "", List.of(), text, "");
    ModelCard card = new ModelCard(0, "", details, "", Map.of());
    assertThat(ParameterSize.billions(card)).isEqualTo(billions);
    ModelCard counted = card.described("", Map.of("general.parameter_count", 8_030_000_000L));
    assertThat(ParameterSize.billions(counted)).isEqualTo(8.03);
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1, true",
    "192.168.4.7, true",
    "172.20.0.2, true",
    "172.40.0.2, false",
    "[::1], true",
    "[fd00::7], true",
    "[2001:db8::1], false",
    "mac, true",
    "mac.local, true",
    "ollama.example.com, false",
    "8.8.8.8, false",
  })
  void knowWhoIsNear(String host, boolean near) {
    assertThat(NearHosts.isNear(host)).isEqualTo(near);
  }

  private static Traits traits(ModelName model, double speed, double parameters, double price) {
    return new Traits(model, speed, parameters, price);
  }

  private static Map<ModelName, List<String>> of(Traits... all) {
    return Badges.of(List.of(all), List.of());
  }
}
