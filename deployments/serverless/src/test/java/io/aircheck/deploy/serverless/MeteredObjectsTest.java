package io.aircheck.deploy.serverless;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aircheck.core.meter.Meter;
import io.aircheck.core.meter.Quantity;
import io.aircheck.core.meter.Usage;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MeteredObjectsTest {
  private final Meter meter = new Meter();

  @Test
  void requests_ofBothTiers_areCountedWithTheirBytes() throws Exception {
    ObjectStore objects = new MeteredObjects(new MemoryObjects(), meter);

    objects.put("a", new byte[7]);
    objects.put("b", new byte[5]);
    assertThat(objects.get("a")).hasSize(7);

    assertThat(meter.usage())
        .isEqualTo(
            new Usage(
                Map.of(
                    Quantity.OBJECT_WRITES, 2.0,
                    Quantity.OBJECT_BYTES_WRITTEN, 12.0,
                    Quantity.OBJECT_READS, 1.0,
                    Quantity.OBJECT_BYTES_READ, 7.0)));
  }

  @Test
  void replace_ofAnotherVersion_isNotCounted() throws Exception {
    ObjectStore objects = new MeteredObjects(new MemoryObjects(), meter);
    objects.replace("a", new byte[7], Optional.empty());

    assertThatThrownBy(() -> objects.replace("a", new byte[7], Optional.empty()))
        .isInstanceOf(ObjectStoreException.class);

    assertThat(meter.usage().of(Quantity.OBJECT_WRITES)).isEqualTo(1);
  }

  @Test
  void find_nothingThere_isARequestAllTheSame() throws Exception {
    ObjectStore objects = new MeteredObjects(new MemoryObjects(), meter);

    assertThat(objects.find("a")).isEmpty();

    assertThat(meter.usage()).isEqualTo(Usage.of(Quantity.OBJECT_READS, 1));
  }

  @Test
  void put_fails_isNotCounted() {
    ObjectStore full =
        new ObjectStore() {
          @Override
          public void put(String key, byte[] bytes) throws ObjectStoreException {
            throw new ObjectStoreException(ObjectStoreException.Reason.THROTTLED, "full", null);
          }

          @Override
          public void replace(String key, byte[] bytes, Optional<String> expected)
              throws ObjectStoreException {
            put(key, bytes);
          }

          @Override
          public Optional<Stored> findStored(String key) {
            return Optional.empty();
          }
        };

    assertThatThrownBy(() -> new MeteredObjects(full, meter).put("a", new byte[7]))
        .isInstanceOf(ObjectStoreException.class);
    assertThat(meter.usage()).isEqualTo(Usage.NONE);
  }
}
