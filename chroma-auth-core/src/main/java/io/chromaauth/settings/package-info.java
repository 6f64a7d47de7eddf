/** Names, files and faults of the configuration; not for use outside chroma-auth. */
@NullMarked
package io.chromaauth.settings;

import org.jspecify.annotations.NullMarked;
