package io.aircheck.media.dash;

import io.aircheck.media.playlist.PlaylistException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * An element of a manifest, names without their name space. Read without document type definitions,
 * so without entities of its own, and of limited size.
 */
final class XmlElement {
  /** A manifest with a day of segments of 2 s in a timeline of entries for each has 43,200. */
  private static final int MAX_ELEMENTS = 200_000;

  private static final int MAX_DEPTH = 32;
  private static final XMLInputFactory FACTORY = factory();

  private final String name;
  private final Map<String, String> attributes = new HashMap<>();
  private final List<XmlElement> children = new ArrayList<>();
  private final StringBuilder text = new StringBuilder();

  private XmlElement(String name) {
    this.name = name;
  }

  private static XMLInputFactory factory() {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.IS_COALESCING, true);
    return factory;
  }

  /**
   * The root of a document.
   *
   * @throws PlaylistException when it is not well formed, or too large
   */
  static XmlElement parse(String document) throws PlaylistException {
    try {
      XMLStreamReader reader = FACTORY.createXMLStreamReader(new StringReader(document));
      XmlElement above = new XmlElement("");
      List<XmlElement> open = new ArrayList<>(List.of(above));
      int count = 0;
      while (reader.hasNext()) {
        switch (reader.next()) {
          case XMLStreamConstants.START_ELEMENT -> {
            if (++count > MAX_ELEMENTS || open.size() > MAX_DEPTH) {
              throw new PlaylistException("manifest has too many elements");
            }
            XmlElement element = new XmlElement(reader.getLocalName());
            for (int i = 0; i < reader.getAttributeCount(); i++) {
              element.attributes.put(reader.getAttributeLocalName(i), reader.getAttributeValue(i));
            }
            open.getLast().children.add(element);
            open.add(element);
          }
          case XMLStreamConstants.END_ELEMENT -> open.removeLast();
          case XMLStreamConstants.CHARACTERS -> open.getLast().text.append(reader.getText());
          case XMLStreamConstants.DTD ->
              throw new PlaylistException("manifest with a document type definition");
          default -> {}
        }
      }
      return above.children.getFirst();
    } catch (XMLStreamException malformed) {
      throw new PlaylistException(
          "manifest is not well-formed XML in line " + malformed.getLocation().getLineNumber());
    } catch (RuntimeException malformed) {
      // The JDK's parser answers some malformed documents with errors of its own.
      throw new PlaylistException("manifest is not well-formed XML");
    }
  }

  String name() {
    return name;
  }

  /** Children of a name, in order. */
  Stream<XmlElement> children(String childName) {
    return children.stream().filter(child -> child.name.equals(childName));
  }

  /** The first child of a name. */
  Optional<XmlElement> child(String childName) {
    return children(childName).findFirst();
  }

  /** An attribute, if it is there. */
  Optional<String> attribute(String attributeName) {
    return Optional.ofNullable(attributes.get(attributeName)).map(String::strip);
  }

  /** An attribute that is a whole number, or another number where it is none. */
  long number(String attributeName, long otherwise) {
    return attribute(attributeName)
        .filter(value -> value.matches("-?\\d{1,18}"))
        .map(Long::parseLong)
        .orElse(otherwise);
  }

  /** The text directly in it. */
  String text() {
    return text.toString().strip();
  }
}
