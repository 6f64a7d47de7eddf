package floor;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;

/**
 * {@code FixedJson PORT [FILTER]}: a servlet that answers 60 bytes of JSON to everything, the cheapest application that
 * a filter can stand before; FILTER is the class of one, which finds its settings in the environment.
 */
public final class FixedJson {
  private static final byte[] BODY =
      "{\"name\":\"default_tenant\",\"resource_name\":null,\"pad\":\"xxxxx\"}"
          .getBytes(StandardCharsets.UTF_8);

  private FixedJson() {}

  public static void main(String[] arguments) throws Exception {
    ServletContextHandler context = new ServletContextHandler("/");
    if (arguments.length > 1) {
      Filter filter = (Filter) Class.forName(arguments[1]).getDeclaredConstructor().newInstance();
      FilterHolder holder = new FilterHolder(filter);
      holder.setAsyncSupported(true);
      context.addFilter(holder, "/*", EnumSet.allOf(DispatcherType.class));
    }
    context.addServlet(new ServletHolder(new Answer()), "/*");
    FloorServer.serve(Integer.parseInt(arguments[0]), context);
  }

  /** The application. */
  @SuppressWarnings("serial")
  public static final class Answer extends HttpServlet {
    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      response.setContentType("application/json");
      response.setContentLength(BODY.length);
      response.getOutputStream().write(BODY);
    }
  }
}
