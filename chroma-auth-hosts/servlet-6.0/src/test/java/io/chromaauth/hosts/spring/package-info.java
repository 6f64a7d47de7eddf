/** Spring Boot of this module's version. */
@NullMarked
package io.chromaauth.hosts.spring;

import org.jspecify.annotations.NullMarked;
