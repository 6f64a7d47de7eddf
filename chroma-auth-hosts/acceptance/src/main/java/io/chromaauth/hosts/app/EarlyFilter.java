package io.chromaauth.hosts.app;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;

/**
 * Somebody's filter before ours that does what the header {@code X-Early} says; so it can give a
 * request all the attributes that an earlier one ended with.
 */
public final class EarlyFilter extends HttpFilter {
  private static final long serialVersionUID = 1L;
  private static final String SAVED = "early.saved";

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    String order = String.valueOf(request.getHeader("X-Early"));
    if (order.startsWith("restore")) {
      restore(request);
    }
    switch (order) {
      case "error", "restore, error" -> response.sendError(500);
      case "restore, async" -> request.startAsync().dispatch();
      case "restore, forward" -> request.getRequestDispatcher("/error").forward(request, response);
      default -> {
        chain.doFilter(request, response);
        if (order.equals("save")) {
          save(request);
        }
      }
    }
  }

  private static void save(HttpServletRequest request) {
    Map<String, Object> saved = new HashMap<>();
    for (String name : Collections.list(request.getAttributeNames())) {
      saved.put(name, request.getAttribute(name));
    }
    request.getServletContext().setAttribute(SAVED, saved);
  }

  private static void restore(HttpServletRequest request) {
    ServletContext context = request.getServletContext();
    if (context.getAttribute(SAVED) instanceof Map<?, ?> saved) {
      saved.forEach((name, value) -> request.setAttribute(String.valueOf(name), value));
    }
  }
}
