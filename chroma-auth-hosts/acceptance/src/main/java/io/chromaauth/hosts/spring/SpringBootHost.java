package io.chromaauth.hosts.spring;

import io.chromaauth.hosts.Guard;
import io.chromaauth.hosts.Host;
import io.chromaauth.hosts.Programmatic;
import io.chromaauth.hosts.Setup;
import io.chromaauth.hosts.WebApp;
import io.chromaauth.servlet.ChromaAuthFilter;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.springframework.boot.SpringBootVersion;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.web.servlet.ServletContextInitializer;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.Ordered;

/**
 * Spring Boot with its embedded Tomcat, which reads URIs as it does by itself. It holds one
 * application; the sample's servlets take the place of Spring MVC's.
 */
public final class SpringBootHost implements Host {
  @Override
  public String name() {
    return "Spring Boot " + SpringBootVersion.getVersion();
  }

  @Override
  public List<String> uriModes() {
    return List.of("");
  }

  @Override
  public boolean deploysWars() {
    return false;
  }

  @Override
  public Running start(Setup setup) {
    if (setup.apps().size() != 1) {
      throw new UnsupportedOperationException("one application in each Spring Boot");
    }
    WebApp app = setup.apps().get(0);
    SpringApplicationBuilder application =
        new SpringApplicationBuilder(BootApp.Automatic.class)
            .initializers(
                context -> {
                  GenericApplicationContext beans = (GenericApplicationContext) context;
                  beans.registerBean(Parts.class, () -> new Parts(app));
                  register(beans, app);
                });
    Map<String, Object> properties =
        Map.of("server.servlet.context-path", app.contextPath(), "server.http2.enabled", "true");
    return new RunningBoot(BootApp.start(properties, application));
  }

  private static void register(GenericApplicationContext beans, WebApp app) {
    int number = 0;
    for (Guard guard : app.form() == WebApp.Form.LISTENER ? List.<Guard>of() : app.guards()) {
      String name = "chroma-auth-" + number++;
      beans.registerBean(
          name, FilterRegistrationBean.class, () -> registration(name, app.form(), guard));
    }
  }

  private static FilterRegistrationBean<ChromaAuthFilter> registration(
      String name, WebApp.Form form, Guard guard) {
    boolean byClass = form == WebApp.Form.WEB_XML;
    FilterRegistrationBean<ChromaAuthFilter> bean =
        new FilterRegistrationBean<>(byClass ? new ChromaAuthFilter() : guard.build());
    if (byClass) {
      bean.setInitParameters(guard.settings());
    }
    bean.setName(name);
    bean.setUrlPatterns(guard.patterns());
    bean.setDispatcherTypes(EnumSet.allOf(DispatcherType.class));
    return bean;
  }

  /** Everything but the filters that Spring registers, and first. */
  private record Parts(WebApp app) implements ServletContextInitializer, Ordered {
    @Override
    public void onStartup(ServletContext context) {
      context.setAttribute(Programmatic.APP, app);
      new Programmatic().contextInitialized(new ServletContextEvent(context));
    }

    @Override
    public int getOrder() {
      return HIGHEST_PRECEDENCE;
    }
  }

  private record RunningBoot(BootApp app) implements Running {
    @Override
    public int port() {
      return app.port();
    }

    @Override
    public ClassLoader deploy(WebApp other) {
      throw new UnsupportedOperationException("no WAR files");
    }

    @Override
    public void undeploy(String contextPath) {
      throw new UnsupportedOperationException("no WAR files");
    }

    @Override
    public void close() {
      app.close();
    }
  }
}
