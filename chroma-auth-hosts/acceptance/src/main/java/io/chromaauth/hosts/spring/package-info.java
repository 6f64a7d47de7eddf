/**
 * Spring Boot with the filter in it: its own way of registration, Spring MVC and Spring Security.
 */
@NullMarked
package io.chromaauth.hosts.spring;

import org.jspecify.annotations.NullMarked;
