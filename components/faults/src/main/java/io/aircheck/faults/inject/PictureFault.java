package io.aircheck.faults.inject;

import java.util.ArrayDeque;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Changes pictures. Sees every picture in order; one instance per fault and stream. */
interface PictureFault {

  /** Changes the picture if the fault covers it. */
  void apply(EditablePicture picture);

  /** The fault of a request, or null when it does not concern pictures. */
  static @Nullable PictureFault of(FaultRequest request) {
    PictureFault change = unbounded(request);
    if (change == null || request.kind().stage() == FaultKind.Stage.TIME) {
      return change;
    }
    return picture -> {
      if (request.covers(picture.ptsMicros())) {
        change.apply(picture);
      }
    };
  }

  private static @Nullable PictureFault unbounded(FaultRequest request) {
    return switch (request.kind()) {
      case BLACK -> picture -> fill(picture, (int) request.value("luma"), 128, 128);
      case SOLID_COLOR ->
          picture ->
              fill(
                  picture,
                  (int) request.value("y"),
                  (int) request.value("cb"),
                  (int) request.value("cr"));
      case FREEZE -> new Hold(Integer.MAX_VALUE);
      case STUTTER -> new Hold((int) request.value("hold"));
      case COLOR_BARS -> PictureFault::bars;
      case BLUR -> picture -> Blur.apply(picture, (int) request.value("radius"));
      case FLASHING ->
          picture -> flash(picture, picture.ptsMicros() - request.startMicros(), request);
      case LETTERBOX -> picture -> letterbox(picture, request.value("scale"));
      case AV_OFFSET -> request.value("millis") < 0 ? new Delay(request) : null;
      default -> null;
    };
  }

  private static void fill(EditablePicture picture, int y, int cb, int cr) {
    int[] colour = {y, cb, cr};
    for (int p = 0; p < picture.planeCount(); p++) {
      Arrays.fill(picture.samples(p), (byte) colour[p]);
    }
  }

  /**
   * Bars of 75 % in the order of SMPTE ECR 1-1978: grey, yellow, cyan, green, magenta, red, blue.
   */
  private static void bars(EditablePicture picture) {
    int[][] colours = {
      {180, 162, 131, 112, 84, 65, 35},
      {128, 44, 156, 72, 184, 100, 212},
      {128, 142, 44, 58, 198, 212, 114}
    };
    for (int p = 0; p < picture.planeCount(); p++) {
      byte[] samples = picture.samples(p);
      int width = picture.planeWidth(p);
      for (int i = 0; i < samples.length; i++) {
        samples[i] = (byte) colours[p][(i % width) * 7 / width];
      }
    }
  }

  /** Every other half period shows the picture inverted in luma. */
  private static void flash(EditablePicture picture, long sinceMicros, FaultRequest request) {
    long halfPeriods = (long) (sinceMicros / 1e6 * request.value("hertz") * 2);
    if (halfPeriods % 2 == 1) {
      byte[] luma = picture.samples(0);
      for (int i = 0; i < luma.length; i++) {
        luma[i] = (byte) Math.clamp(251 - (luma[i] & 0xff), 16, 235);
      }
    }
  }

  private static void letterbox(EditablePicture picture, double scale) {
    for (int p = 0; p < picture.planeCount(); p++) {
      byte[] samples = picture.samples(p);
      byte[] before = samples.clone();
      int width = picture.planeWidth(p);
      int height = picture.planeHeight(p);
      int rows = (int) (height * scale);
      int top = (height - rows) / 2;
      Arrays.fill(samples, (byte) (p == 0 ? picture.colorRange().black() : 128));
      for (int y = 0; y < rows; y++) {
        int from = Math.min(height - 1, (int) (y / scale));
        System.arraycopy(before, from * width, samples, (top + y) * width, width);
      }
    }
  }

  /** Shows one picture for several. */
  final class Hold implements PictureFault {
    private final int pictures;
    private int shown;
    private @Nullable EditablePicture held;

    Hold(int pictures) {
      this.pictures = pictures;
    }

    @Override
    public void apply(EditablePicture picture) {
      EditablePicture kept = held;
      if (kept == null || shown >= pictures) {
        held = new EditablePicture(picture);
        shown = 1;
      } else {
        picture.show(kept);
        shown++;
      }
    }
  }

  /** Shows pictures later than they came, so that the sound is early. */
  final class Delay implements PictureFault {
    private final FaultRequest request;
    private final ArrayDeque<EditablePicture> before = new ArrayDeque<>();

    Delay(FaultRequest request) {
      this.request = request;
    }

    @Override
    public void apply(EditablePicture picture) {
      long wanted = picture.ptsMicros() + Math.round(request.value("millis") * 1000);
      before.add(new EditablePicture(picture));
      while (before.size() > 1 && second().ptsMicros() <= wanted) {
        before.remove();
      }
      if (request.covers(picture.ptsMicros())) {
        picture.show(before.element());
      }
    }

    private EditablePicture second() {
      var pictures = before.iterator();
      pictures.next();
      return pictures.next();
    }
  }
}
