package io.aircheck.core.fact;

import io.aircheck.testkit.FactTableContract;

class MemoryFactsTest extends FactTableContract {
  @Override
  protected FactTable open() {
    return new MemoryFacts(LAYOUT);
  }
}
