package io.aircheck.storage.s3;

import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * A page of the objects of a bucket.
 *
 * @param next where the next page begins; empty: this is the last
 */
record ObjectList(List<Entry> entries, Optional<String> next) {

  /**
   * An object.
   *
   * @param key without the prefix of the location
   */
  record Entry(String key, long bytes, Instant modified) {}

  /**
   * Reads the answer to {@code ListObjectsV2}.
   *
   * @param prefix that is taken off the keys
   * @throws IOException when it is none
   */
  static ObjectList read(InputStream xml, String prefix) throws IOException {
    XMLInputFactory factory = XMLInputFactory.newFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    List<Entry> entries = new ArrayList<>();
    Map<String, String> values = new HashMap<>();
    try {
      XMLStreamReader reader = factory.createXMLStreamReader(xml);
      StringBuilder text = new StringBuilder();
      while (reader.hasNext()) {
        switch (reader.next()) {
          case XMLStreamReader.START_ELEMENT -> text.setLength(0);
          case XMLStreamReader.CHARACTERS, XMLStreamReader.CDATA -> text.append(reader.getText());
          case XMLStreamReader.END_ELEMENT -> {
            if (reader.getLocalName().equals("Contents")) {
              entries.add(entry(values, prefix));
            } else {
              values.put(reader.getLocalName(), text.toString().strip());
            }
          }
          default -> {}
        }
      }
    } catch (XMLStreamException | IllegalArgumentException | java.time.DateTimeException e) {
      throw new IOException("S3 answers with something that is no list of objects", e);
    }
    return new ObjectList(entries, Optional.ofNullable(values.get("NextContinuationToken")));
  }

  private static Entry entry(Map<String, String> values, String prefix) {
    String key = values.getOrDefault("Key", "");
    return new Entry(
        key.startsWith(prefix) ? key.substring(prefix.length()) : key,
        Long.parseLong(values.getOrDefault("Size", "")),
        Instant.parse(values.getOrDefault("LastModified", "")));
  }
}
