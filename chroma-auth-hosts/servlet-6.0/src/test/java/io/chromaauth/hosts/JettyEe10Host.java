package io.chromaauth.hosts;

import jakarta.servlet.DispatcherType;
import java.nio.file.Path;
import java.util.EnumSet;
import org.eclipse.jetty.ee.webapp.WebAppClassLoader;
import org.eclipse.jetty.ee10.servlet.ErrorPageErrorHandler;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.webapp.WebAppContext;
import org.eclipse.jetty.server.handler.ContextHandler;

/** Jetty 12.1 with Jakarta EE 10. */
public final class JettyEe10Host extends JettyHost {
  public JettyEe10Host() {
    super("ee10");
  }

  @Override
  ContextHandler war(Path war, String contextPath, boolean lenient) throws Exception {
    WebAppContext context = new WebAppContext();
    context.setContextPath(contextPath.isEmpty() ? "/" : contextPath);
    context.setWar(war.toString());
    context.setTempDirectory(Workspace.folder("jetty").toFile());
    context.setClassLoader(new WebAppClassLoader(new HidingLoader(), context));
    context.getServletHandler().setDecodeAmbiguousURIs(lenient);
    context.setThrowUnavailableOnStartupException(true);
    return context;
  }

  @Override
  ContextHandler assembled(WebApp app, boolean lenient) {
    ServletContextHandler context = new ServletContextHandler();
    context.setContextPath(app.contextPath().isEmpty() ? "/" : app.contextPath());
    context.getServletContext().setAttribute(Programmatic.APP, app);
    context.addEventListener(new Programmatic());
    ErrorPageErrorHandler errors = new ErrorPageErrorHandler();
    errors.addErrorPage(ErrorPageErrorHandler.GLOBAL_ERROR_PAGE, WebApp.ERROR_PAGE);
    context.setErrorHandler(errors);
    context.getServletHandler().setDecodeAmbiguousURIs(lenient);
    if (app.form() == WebApp.Form.INSTANCE) {
      app.guards().forEach(guard -> add(context, guard));
    }
    return context;
  }

  private static void add(ServletContextHandler context, Guard guard) {
    FilterHolder filter = new FilterHolder(guard.build());
    filter.setAsyncSupported(true);
    for (String pattern : guard.patterns()) {
      context.addFilter(filter, pattern, EnumSet.allOf(DispatcherType.class));
    }
  }
}
