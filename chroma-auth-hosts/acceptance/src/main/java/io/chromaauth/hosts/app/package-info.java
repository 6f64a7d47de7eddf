/** The sample web application: it needs nothing but the Servlet API and the filter's own types. */
@NullMarked
package io.chromaauth.hosts.app;

import org.jspecify.annotations.NullMarked;
