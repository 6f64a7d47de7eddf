package io.chromaauth.settings;

import io.chromaauth.settings.YamlNode.Mapping;

/** Takes items of a list while the document is being read. */
public interface YamlItems {
  /**
   * Takes an item, or leaves it to the document. Whatever was taken counts only if the document
   * turns out to be one.
   *
   * @param before the document's mapping as far as it stands before the list
   * @param index the item's in the list, from 0
   * @return whether it was taken
   */
  boolean take(Mapping before, YamlNode item, int index);
}
