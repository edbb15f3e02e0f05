package io.aircheck.core.store;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Small named texts in collections, with revisions so that nobody overwrites unseen changes. */
public interface DocumentStore {

  /**
   * A document.
   *
   * @param body text, JSON as the service writes it
   * @param revision counts its changes, from 1
   */
  record Document(String id, String body, long revision) {}

  /** Documents of a collection, by id. */
  List<Document> list(String collection);

  /** One document. */
  Optional<Document> find(String collection, String id);

  /**
   * Creates or replaces a document.
   *
   * @param expectedRevision revision that the change is based on, 0: must not exist; empty: any
   * @return the document as stored; empty when the revision is another, and nothing has changed
   */
  Optional<Document> put(String collection, String id, String body, OptionalLong expectedRevision);

  /**
   * Removes a document.
   *
   * @param expectedRevision revision that is meant to be removed; empty: any
   * @return whether it was there with that revision, and now is not
   */
  boolean remove(String collection, String id, OptionalLong expectedRevision);
}
