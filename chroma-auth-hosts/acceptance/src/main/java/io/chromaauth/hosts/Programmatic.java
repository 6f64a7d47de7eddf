package io.chromaauth.hosts;

import io.chromaauth.servlet.ChromaAuthFilter;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.Servlet;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.ServletRegistration;
import java.util.EnumSet;

/** Registers an application's parts by the Servlet API, as an application's own listener does. */
public final class Programmatic implements ServletContextListener {
  /** The attribute of the servlet context that holds the {@link WebApp}. */
  public static final String APP = WebApp.class.getName();

  @Override
  public void contextInitialized(ServletContextEvent event) {
    ServletContext context = event.getServletContext();
    WebApp app = (WebApp) context.getAttribute(APP);
    app.servlets().forEach(part -> addServlet(context, part));
    app.before().forEach(part -> addBefore(context, part));
    if (app.form() == WebApp.Form.LISTENER) {
      app.guards().forEach(guard -> addGuard(context, guard));
    }
  }

  private static void addServlet(ServletContext context, Part part) {
    ServletRegistration.Dynamic servlet =
        context.addServlet(part.name(), part.type().asSubclass(Servlet.class));
    servlet.addMapping(part.patterns().toArray(String[]::new));
    servlet.setAsyncSupported(true);
  }

  private static void addBefore(ServletContext context, Part part) {
    FilterRegistration.Dynamic filter =
        context.addFilter(part.name(), part.type().asSubclass(Filter.class));
    filter.setAsyncSupported(true);
    filter.addMappingForUrlPatterns(
        EnumSet.of(DispatcherType.REQUEST), false, part.patterns().toArray(String[]::new));
  }

  private static void addGuard(ServletContext context, Guard guard) {
    String[] patterns = guard.patterns().toArray(String[]::new);
    ChromaAuthFilter.register(context, guard.build(), patterns);
  }
}
