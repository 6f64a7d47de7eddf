package io.chromaauth.hosts.app;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * An application that says what it sees, after doing what the header {@code X-Do} asks for: an
 * order and, where it needs one, a path.
 */
public final class SampleServlet extends HttpServlet {
  /** The header with the order. */
  public static final String ORDER = "X-Do";

  /** The header by which an answer without a body tells that the application was called. */
  public static final String REACHED = "X-Reached";

  private static final long serialVersionUID = 1L;

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws ServletException, IOException {
    if (request.getDispatcherType() != DispatcherType.INCLUDE) {
      response.setHeader(REACHED, request.getDispatcherType().name());
    }
    String order = request.getHeader(ORDER);
    if (order == null || request.getDispatcherType() != DispatcherType.REQUEST) {
      answer(request, response, "");
      return;
    }
    int space = order.indexOf(' ');
    String verb = space < 0 ? order : order.substring(0, space);
    carryOut(verb, order.substring(space + 1), request, response);
  }

  private static void carryOut(
      String verb, String path, HttpServletRequest request, HttpServletResponse response)
      throws ServletException, IOException {
    switch (verb) {
      case "thread", "back", "dispatch" -> AsyncOrders.carryOut(verb, path, request, response);
      case "stream", "reader", "listener", "form", "digest" ->
          BodyOrders.carryOut(verb, request, response);
      case "forward" -> dispatcher(request, path).forward(request, response);
      case "include" -> {
        response.setContentType("text/plain");
        response.getWriter().write("INCLUDING\n");
        dispatcher(request, path).include(request, response);
        response.getWriter().flush();
      }
      case "error" -> response.sendError(418);
      case "throw" -> throw new IllegalStateException("thrown by the sample application");
      default -> throw new ServletException("unknown order " + verb);
    }
  }

  private static RequestDispatcher dispatcher(HttpServletRequest request, String path) {
    return request.getServletContext().getRequestDispatcher(path);
  }

  /** Reports the request, and then says this. */
  static void answer(HttpServletRequest request, HttpServletResponse response, String more)
      throws IOException {
    response.setContentType("text/plain;charset=UTF-8");
    response.getWriter().write(Report.of(request) + more);
  }
}
