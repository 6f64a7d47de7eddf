package io.chromaauth.hosts.app;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;

/**
 * What people write: public is what begins with a public path, closed what begins with a closed
 * one. It shows that the corpus finds something.
 */
public final class NaiveFilter extends HttpFilter {
  private static final long serialVersionUID = 1L;
  private static final List<String> CLOSED =
      List.of("/api/v2/reset", "/api/v2/tenants", "/ctx/api/v2/reset", "/ctx/api/v2/tenants");

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    String uri = request.getRequestURI();
    if (uri.startsWith("/api/v2/heartbeat") || CLOSED.stream().noneMatch(uri::startsWith)) {
      chain.doFilter(request, response);
      return;
    }
    response.setStatus(401);
  }
}
