/**
 * The embedded store: tenants, databases, collections and records in one SQLite file, and their
 * vectors in memory for exact search. Knows nothing of HTTP.
 */
@NullMarked
package io.chromaauth.demo.store;

import org.jspecify.annotations.NullMarked;
