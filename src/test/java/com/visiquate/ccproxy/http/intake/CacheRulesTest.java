package com.visiquate.ccproxy.http.intake;

import static org.assertj.core.api.Assertions.assertThat;

import com.visiquate.ccproxy.chat.EmbedRequest;
import com.visiquate.ccproxy.chat.ModelRequest;
import com.visiquate.ccproxy.fleet.CachePolicy;
import com.visiquate.ccproxy.fleet.CachePolicy.Extent;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whose answers are kept when nobody says anything. */
final class CacheRulesTest {
  private static final String ROUTE = "/v1/embeddings";
  private static final ModelRequest EMBED = new EmbedRequest("m", List.of("x"), null, true, false);

  @ParameterizedTest
  @CsvSource({
    "NONE, m, /v1/embeddings, false",
    "WISHED, '', '', false",
    "WISHED, m, '', true",
    "WISHED, '', /v1/embeddings, true",
    "WISHED, n, /api/embed, false",
    "CERTAIN, '', '', true",
    "ALL, '', '', true",
  })
  void keepsWhatIsNamedWhateverElseIsKept(Extent store, String model, String route, boolean kept) {
    CachePolicy policy = new CachePolicy(Extent.NONE, store, Set.of(model), Set.of(route));
    assertThat(CacheRules.stores(policy, EMBED, ROUTE)).isEqualTo(kept);
  }
}
