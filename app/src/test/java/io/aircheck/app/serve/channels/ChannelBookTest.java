package io.aircheck.app.serve.channels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.aircheck.app.config.SettingsException;
import io.aircheck.app.config.SettingsReader;
import io.aircheck.app.serve.settings.ServiceSettings;
import io.aircheck.core.meter.Meter;
import io.aircheck.core.net.OutboundPolicy;
import io.aircheck.core.notify.ChannelSetting;
import io.aircheck.core.notify.ChannelSettings;
import io.aircheck.core.notify.Notification;
import io.aircheck.core.notify.Notifier;
import io.aircheck.core.notify.NotifierCatalog;
import io.aircheck.core.notify.NotifierFactory;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ChannelBookTest {
  private final List<Bell> opened = new ArrayList<>();
  private final ChannelBook book =
      new ChannelBook(new NotifierCatalog(List.of(new Bells())), new Meter());

  private static ServiceSettings settings(String yaml) throws SettingsException, IOException {
    return SettingsReader.read(new YAMLMapper().readTree(yaml), ServiceSettings.class);
  }

  private List<String> open() {
    return opened.stream().filter(bell -> !bell.closed).map(bell -> bell.tone).toList();
  }

  @Test
  void apply_oneChanged_leavesTheOthersOpen() throws Exception {
    book.apply(settings("channels: {a: {type: bell, tone: c}, b: {type: bell, tone: d}}"));
    Channel untouched = book.find("b").orElseThrow();

    book.apply(settings("channels: {a: {type: bell, tone: e}, b: {type: bell, tone: d}}"));

    assertThat(book.find("b")).containsSame(untouched);
    assertThat(open()).containsExactly("d", "e");
    assertThat(book.all().keySet()).containsExactlyInAnyOrder("a", "b");
  }

  @Test
  void apply_oneGone_closesIt() throws Exception {
    book.apply(settings("channels: {a: {type: bell, tone: c}}"));

    book.apply(settings("{}"));

    assertThat(book.find("a")).isEmpty();
    assertThat(open()).isEmpty();
  }

  @Test
  void apply_whereItMayConnectToChanged_opensAnew() throws Exception {
    book.apply(settings("channels: {a: {type: bell, tone: c}}"));

    book.apply(settings("{channels: {a: {type: bell, tone: c}}, outbound: {private: false}}"));

    assertThat(opened).hasSize(2);
    assertThat(open()).containsExactly("c");
  }

  @Test
  void apply_oneThatCannotBeMade_changesNothing() throws Exception {
    book.apply(settings("channels: {a: {type: bell, tone: c}}"));
    Channel before = book.find("a").orElseThrow();
    ServiceSettings broken = settings("channels: {a: {type: bell, tone: d}, b: {type: bell}}");

    assertThatThrownBy(() -> book.apply(broken))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("tone");

    assertThat(book.find("a")).containsSame(before);
    assertThat(open()).containsExactly("c");
  }

  @Test
  void close_closesAll() throws Exception {
    book.apply(settings("channels: {a: {type: bell, tone: c}, b: {type: bell, tone: d}}"));

    book.close();

    assertThat(open()).isEmpty();
  }

  private final class Bells implements NotifierFactory {
    @Override
    public String type() {
      return "bell";
    }

    @Override
    public List<ChannelSetting> settings() {
      return List.of(ChannelSetting.required("tone", "a note"));
    }

    @Override
    public Notifier create(ChannelSettings settings, OutboundPolicy outbound) {
      Bell bell = new Bell(settings.text("tone"));
      opened.add(bell);
      return bell;
    }
  }

  private static final class Bell implements Notifier {
    private final String tone;
    private boolean closed;

    Bell(String tone) {
      this.tone = tone;
    }

    @Override
    public Optional<String> check() {
      return Optional.empty();
    }

    @Override
    public Delivery deliver(Notification notification) {
      return new Delivery.Delivered(tone);
    }

    @Override
    public void close() {
      closed = true;
    }
  }
}
