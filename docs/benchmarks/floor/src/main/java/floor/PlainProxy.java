package floor;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import org.eclipse.jetty.ee10.proxy.AsyncProxyServlet;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.proxy.ProxyHandler;
import org.eclipse.jetty.server.Handler;

/**
 * {@code PlainProxy handler|servlet PORT UPSTREAM}: Jetty's own reverse proxies as they come, without any filter or
 * authentication, each in its usual set-up.
 */
public final class PlainProxy {
  private PlainProxy() {}

  public static void main(String[] arguments) throws Exception {
    String upstream = arguments[2];
    Handler proxy =
        arguments[0].equals("handler")
            ? new ProxyHandler.Reverse(
                request -> HttpURI.from(upstream + request.getHttpURI().getPathQuery()))
            : servlet(upstream);
    FloorServer.serve(Integer.parseInt(arguments[1]), proxy);
  }

  private static Handler servlet(String upstream) {
    ServletHolder holder = new ServletHolder(new ToUpstream());
    holder.setAsyncSupported(true);
    holder.setInitParameter("upstream", upstream);
    holder.setInitParameter("maxThreads", "32");
    holder.setInitParameter("maxConnections", "256");
    holder.setInitParameter("preserveHost", "true");
    holder.setInitParameter("timeout", "60000");
    ServletContextHandler context = new ServletContextHandler("/");
    context.addServlet(holder, "/*");
    return context;
  }

  /** Sends everything to one place. */
  @SuppressWarnings("serial")
  public static final class ToUpstream extends AsyncProxyServlet {
    private String upstream;

    @Override
    public void init() throws ServletException {
      super.init();
      upstream = getServletConfig().getInitParameter("upstream");
    }

    @Override
    protected String rewriteTarget(HttpServletRequest request) {
      String query = request.getQueryString();
      return upstream + request.getRequestURI() + (query == null ? "" : "?" + query);
    }
  }
}
