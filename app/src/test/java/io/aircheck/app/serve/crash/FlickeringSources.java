package io.aircheck.app.serve.crash;

import io.aircheck.core.media.MediaSource;
import io.aircheck.core.media.MediaSources;
import io.aircheck.core.media.SourceRequest;
import io.aircheck.testkit.LiveScene;
import java.util.List;
import java.util.Random;

/** Live inputs of grey pictures that go dark and bright again every second or so, each its way. */
final class FlickeringSources implements MediaSources {
  private static final int BRIGHT = 120;
  private static final int SHORTEST_PICTURES = 5;
  private static final int LONGEST_PICTURES = 50;

  private final boolean flickers;

  /**
   * @param flickers whether they ever go dark
   */
  FlickeringSources(boolean flickers) {
    this.flickers = flickers;
  }

  @Override
  public List<String> renditions(SourceRequest request) {
    return List.of();
  }

  @Override
  public MediaSource open(SourceRequest request) {
    return new Flickering(request);
  }

  private final class Flickering extends LiveScene {
    private final Random random = new Random();
    private boolean dark;
    private int left;

    Flickering(SourceRequest request) {
      super(request);
    }

    @Override
    protected int luma(int picture) {
      if (left-- == 0) {
        left = random.nextInt(SHORTEST_PICTURES, LONGEST_PICTURES);
        dark = flickers && !dark;
      }
      return dark ? 0 : BRIGHT;
    }
  }
}
