package io.chromaauth.hosts.spring;

import io.chromaauth.hosts.Guard;
import io.chromaauth.hosts.Host;
import io.chromaauth.hosts.Programmatic;
import io.chromaauth.hosts.Setup;
import io.chromaauth.hosts.TomcatHost;
import io.chromaauth.hosts.WebApp;
import io.chromaauth.hosts.Workspace;
import io.chromaauth.servlet.ChromaAuthFilter;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.catalina.connector.Connector;
import org.springframework.boot.SpringBootVersion;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.web.servlet.ServletContextInitializer;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.Ordered;

/**
 * Spring Boot with its embedded Tomcat, which holds one application. The sample's servlets take the
 * place of Spring MVC's where both want the same paths.
 */
public abstract class SpringBootHost implements Host {
  private final Class<?> server;

  /**
   * @param server the configuration that puts {@link #prepare} to Tomcat's connector, which has
   *     another name in each version
   */
  protected SpringBootHost(Class<?> server) {
    this.server = server;
  }

  /** Makes the connector of an application in this setup. */
  protected static void prepare(Connector connector, Setup setup) {
    TomcatHost.prepare(connector, setup);
  }

  @Override
  public final String name() {
    return "Spring Boot " + SpringBootVersion.getVersion();
  }

  @Override
  public final List<String> uriModes() {
    return new TomcatHost().uriModes();
  }

  @Override
  public final Set<String> naiveHoles(String uriMode) {
    return new TomcatHost().naiveHoles(uriMode);
  }

  @Override
  public final String toString() {
    return name();
  }

  @Override
  public final boolean takesSeveralApps() {
    return false;
  }

  @Override
  public final boolean deploysWars() {
    return false;
  }

  @Override
  public final Running start(Setup setup) throws IOException {
    WebApp app = setup.apps().get(0);
    SpringApplicationBuilder application =
        new SpringApplicationBuilder(BootApp.Automatic.class, server)
            .initializers(
                context -> {
                  GenericApplicationContext beans = (GenericApplicationContext) context;
                  beans.registerBean(Setup.class, () -> setup);
                  beans.registerBean(Parts.class, () -> new Parts(app));
                  register(beans, app);
                });
    Map<String, Object> properties =
        Map.of(
            "server.servlet.context-path",
            app.contextPath(),
            "server.http2.enabled",
            "true",
            "spring.web.resources.static-locations",
            files(app).toUri().toString());
    return new RunningBoot(BootApp.start(properties, application));
  }

  private static Path files(WebApp app) throws IOException {
    Path folder = Workspace.folder("static");
    for (String name : app.files().keySet()) {
      Path file = folder.resolve(name);
      Files.createDirectories(Objects.requireNonNull(file.getParent()));
      Files.writeString(file, Objects.requireNonNull(app.files().get(name)));
    }
    return folder;
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
    public void close() {
      app.close();
    }
  }
}
