package com.visiquate.ccproxy.http.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.visiquate.ccproxy.fleet.ModelName;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class TokenCalibrationTest {
  private static final ModelName MODEL = new ModelName("m");
  private final TokenCalibration calibration = new TokenCalibration();

  @Test
  void beginsWithTheEstimateAsItIs() {
    assertThat(calibration.factor(MODEL)).isEqualTo(1);
  }

  @Test
  void findsTheTrueRatioAndStaysAboveIt() {
    long seed = 7;
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < 200; i++) {
      int estimated = random.nextInt(500, 60_000);
      calibration.observed(MODEL, estimated, (int) (estimated * random.nextDouble(0.72, 0.78)));
    }

    assertThat(calibration.factor(MODEL))
        .as("seed %d", seed)
        .isCloseTo(0.75 * TokenCalibration.MARGIN, within(0.02));
  }

  @Test
  void forgetsWhatWasOnceTrue() {
    observe(1.3, 200);
    observe(0.8, 200);

    assertThat(calibration.factor(MODEL)).isCloseTo(0.8 * TokenCalibration.MARGIN, within(0.001));
  }

  @Test
  void doesNotBelieveASingleSmallPrompt() {
    calibration.observed(MODEL, 10, 40);

    assertThat(calibration.factor(MODEL)).isCloseTo(1, within(0.06));
  }

  @Test
  void staysWithinBoundsWhateverItSees() {
    observe(1_000, 100);
    assertThat(calibration.factor(MODEL)).isEqualTo(TokenCalibration.MOST);

    observe(0.001, 300);
    assertThat(calibration.factor(MODEL)).isEqualTo(TokenCalibration.LEAST);
  }

  @Test
  void learnsNothingFromSilence() {
    calibration.observed(MODEL, 1_000, 0);
    calibration.observed(MODEL, 0, 1_000);

    assertThat(calibration.factor(MODEL)).isEqualTo(1);
  }

  @Test
  void knowsNothingOfItsErrorAtFirst() {
    assertThat(calibration.error(MODEL)).isEqualTo(1);
  }

  @Test
  void trustsItselfMoreWithEveryPromptThatIsAsEstimated() {
    double before = calibration.error(MODEL);
    for (int i = 0; i < 20; i++) {
      observe(0.9, 1);
      assertThat(calibration.error(MODEL)).isLessThan(before);
      before = calibration.error(MODEL);
    }
    assertThat(before).isLessThan(0.05);
  }

  @Test
  void learnsHowFarPromptsDiffer() {
    for (int i = 0; i < 100; i++) {
      observe(0.8, 1);
      observe(1.2, 1);
    }
    assertThat(calibration.ratio(MODEL)).isCloseTo(1, within(0.02));
    assertThat(calibration.error(MODEL)).isCloseTo(0.2, within(0.03));
  }

  @Test
  void keepsModelsApart() {
    observe(1.5, 200);

    assertThat(calibration.factor(new ModelName("other"))).isEqualTo(1);
  }

  private void observe(double ratio, int times) {
    for (int i = 0; i < times; i++) {
      calibration.observed(MODEL, 10_000, (int) (10_000 * ratio));
    }
  }
}
