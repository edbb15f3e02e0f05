package io.aircheck.storage.parquet;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** Files that are those of others, to be made to fail. */
class ForwardingFiles implements FactFiles {
  private final FactFiles files;

  ForwardingFiles(FactFiles files) {
    this.files = files;
  }

  @Override
  public List<Entry> list(String prefix) throws IOException {
    return files.list(prefix);
  }

  @Override
  public Entry put(String name, Path file) throws IOException {
    return files.put(name, file);
  }

  @Override
  public Map<String, Path> local(Collection<String> names) throws IOException {
    return files.local(names);
  }

  @Override
  public void remove(String name) throws IOException {
    files.remove(name);
  }
}
