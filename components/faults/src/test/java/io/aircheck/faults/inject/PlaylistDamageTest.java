package io.aircheck.faults.inject;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlaylistDamageTest {
  @TempDir private Path folder;

  /** Twelve segments of two seconds. */
  @BeforeEach
  void makeStream() throws IOException {
    StringBuilder text = new StringBuilder("#EXTM3U\n#EXT-X-TARGETDURATION:2\n");
    for (int i = 0; i < 12; i++) {
      text.append("#EXTINF:2.000000,\nseg%03d.ts\n".formatted(i));
      Files.writeString(folder.resolve("seg%03d.ts".formatted(i)), "media");
    }
    Files.writeString(playlist(), text.append("#EXT-X-ENDLIST\n"));
  }

  private Path playlist() {
    return folder.resolve("index.m3u8");
  }

  private PlaylistDamage.Result damage(String... requests) throws IOException {
    return PlaylistDamage.apply(playlist(), Stream.of(requests).map(FaultRequest::parse).toList());
  }

  private List<String> version(PlaylistDamage.Result result, int index) throws IOException {
    return Files.readAllLines(folder.resolve(result.schedule().get(index).playlist()));
  }

  @Test
  void missingSegment_isDeletedAndStillListed() throws IOException {
    InjectedEvent event = damage("missing_segment@8.5+1").events().getFirst();
    assertThat(folder.resolve("seg004.ts")).doesNotExist();
    assertThat(Files.readString(playlist())).contains("seg004.ts");
    assertThat(event.startSeconds()).isEqualTo(8);
    assertThat(event.endSeconds()).isEqualTo(10);
  }

  @Test
  void wrongExtinf_isWritten() throws IOException {
    InjectedEvent event = damage("wrong_extinf@10+2").events().getFirst();
    assertThat(Files.readAllLines(playlist()).get(12)).isEqualTo("#EXTINF:6.500000,");
    assertThat(event.parameters()).containsEntry("extinf", 6.5).containsEntry("real", 2.0);
  }

  @Test
  void liveWithoutFault_isNotMade() throws IOException {
    assertThat(damage("missing_segment@8+1").schedule()).isEmpty();
  }

  @Test
  void stall_servesTheSameVersionAgain_thenCatchesUp() throws IOException {
    PlaylistDamage.Result result = damage("stall@6+6");
    assertThat(version(result, 2)).contains("#EXT-X-MEDIA-SEQUENCE:102");
    assertThat(version(result, 3)).isEqualTo(version(result, 2)).isEqualTo(version(result, 5));
    assertThat(version(result, 6)).contains("#EXT-X-MEDIA-SEQUENCE:106");
    assertThat(result.events().getFirst().startSeconds()).isEqualTo(4);
    assertThat(result.events().getFirst().endSeconds()).isEqualTo(12);
  }

  @Test
  void sequenceJump_raisesTheNumberForGood() throws IOException {
    PlaylistDamage.Result result = damage("sequence_jump@6+1");
    assertThat(version(result, 2)).contains("#EXT-X-MEDIA-SEQUENCE:102", "../seg002.ts");
    assertThat(version(result, 3)).contains("#EXT-X-MEDIA-SEQUENCE:140", "../seg003.ts");
  }
}
