package com.visiquate.ccproxy.capture;

import static org.assertj.core.api.Assertions.assertThat;

import com.visiquate.ccproxy.chat.Message;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which files there are, and for whom. */
final class CaptureFolderTest {
  private static final Duration LONG = Duration.ofDays(9);
  private static final Message FIRST = new Message.User("first");
  private static final Message SECOND = new Message.User("second");

  @TempDir Path temporary;
  private CaptureFolder folder;
  private Path place;

  @BeforeEach
  void open() throws IOException {
    place = temporary.resolve("a/captures");
    folder = new CaptureFolder(place);
    folder.open();
  }

  @Test
  void isForItsUserAlone() throws IOException {
    folder.keep(Turns.line("c", 1, Turns.answer("yes"), FIRST));

    assertThat(permissions(place)).isEqualTo("rwx------");
    assertThat(files())
        .singleElement()
        .satisfies(f -> assertThat(permissions(f)).isEqualTo("rw-------"));
    assertThat(Files.readString(files().getFirst())).endsWith("}\n").hasLineCount(1);
  }

  @Test
  void takesAFolderThatIsThereForItself() throws IOException {
    Files.setPosixFilePermissions(place, PosixFilePermissions.fromString("rwxr-xr-x"));
    folder.open();

    assertThat(permissions(place)).isEqualTo("rwx------");
  }

  @Test
  void aLaterTurnTakesThePlaceOfTheEarlierOnes() throws IOException {
    folder.keep(Turns.line("c", 1, Turns.answer("one"), FIRST));
    folder.keep(Turns.line("c", 2, Turns.answer("two"), FIRST, Turns.answer("one"), SECOND));

    assertThat(folder.lines())
        .singleElement()
        .satisfies(line -> assertThat(line.training().path("messages")).hasSize(4));
  }

  @Test
  void instructionsMayChangeOnTheWay() throws IOException {
    Message morning = new Message.Instruction("it is morning");
    Message noon = new Message.Instruction("it is noon");
    folder.keep(Turns.line("c", 1, Turns.answer("one"), morning, FIRST));
    folder.keep(Turns.line("c", 2, Turns.answer("two"), noon, FIRST, Turns.answer("one"), SECOND));

    assertThat(folder.lines()).hasSize(1);
  }

  @Test
  void anAnswerThatIsAskedForAgainTakesThePlaceOfTheFirst() throws IOException {
    folder.keep(Turns.line("c", 1, Turns.answer("one"), FIRST));
    folder.keep(Turns.line("c", 2, Turns.answer("another"), FIRST));

    assertThat(folder.lines())
        .singleElement()
        .satisfies(line -> assertThat(line.json()).contains("another"));
  }

  @Test
  void whatIsNoContinuationIsAConversationOfItsOwn() throws IOException {
    folder.keep(Turns.line("c", 1, Turns.answer("one"), FIRST));
    folder.keep(Turns.line("c", 2, Turns.answer("one"), SECOND));
    folder.keep(Turns.line("d", 3, Turns.answer("one"), FIRST, Turns.answer("one"), SECOND));

    assertThat(folder.lines()).hasSize(3);
  }

  @Test
  void theOldGoFirstAndNothingElse() throws IOException {
    for (int minute = 1; minute <= 4; minute++) {
      folder.keep(Turns.line("c" + minute, minute, Turns.answer("one"), FIRST));
    }
    long one = Files.size(files().getFirst());

    folder.sweep(LONG, 3 * one, Turns.START);
    assertThat(folder.lines()).extracting(Line::at).first().isEqualTo(Turns.START.plusSeconds(120));
    folder.sweep(Duration.ofMinutes(1), 9 * one, Turns.START.plusSeconds(240));
    assertThat(folder.lines()).hasSize(2);
    folder.sweep(LONG, 0, Turns.START);
    assertThat(folder.lines()).isEmpty();
  }

  @Test
  void aBrokenFileHidesNoOther() throws IOException {
    folder.keep(Turns.line("c", 1, Turns.answer("one"), FIRST));
    Files.writeString(place.resolve("x.jsonl"), "{\"conversation\":");

    assertThat(folder.lines()).hasSize(1);
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(place)) {
      return files.toList();
    }
  }

  private static String permissions(Path path) {
    try {
      return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    } catch (IOException broken) {
      throw new AssertionError(broken);
    }
  }
}
