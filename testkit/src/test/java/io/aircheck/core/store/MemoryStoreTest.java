package io.aircheck.core.store;

import io.aircheck.testkit.StoreContract;

/** Nothing survives the process; within it, a store that was closed is found as it was. */
class MemoryStoreTest extends StoreContract {
  private final MemoryStore store = new MemoryStore();

  @Override
  protected ServiceStore open() {
    return store;
  }

  @Override
  protected ServiceStore reopen() {
    return store;
  }
}
