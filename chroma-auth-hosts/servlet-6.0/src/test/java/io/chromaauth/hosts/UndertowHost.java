package io.chromaauth.hosts;

import io.chromaauth.servlet.ChromaAuthFilter;
import io.undertow.Undertow;
import io.undertow.UndertowOptions;
import io.undertow.Version;
import io.undertow.server.handlers.PathHandler;
import io.undertow.server.handlers.resource.PathResourceManager;
import io.undertow.server.handlers.resource.ResourceManager;
import io.undertow.servlet.Servlets;
import io.undertow.servlet.api.DeploymentInfo;
import io.undertow.servlet.api.DeploymentManager;
import io.undertow.servlet.api.ErrorPage;
import io.undertow.servlet.api.FilterInfo;
import io.undertow.servlet.api.ListenerInfo;
import io.undertow.servlet.util.ImmediateInstanceFactory;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Undertow, which has no WAR files: its users give classes or objects to its own API. */
public final class UndertowHost implements Host {
  private static final String LENIENT = "lenient";
  private static final String UNDECODED = "undecoded";

  @Override
  public String name() {
    return "Undertow " + Version.getVersionString();
  }

  @Override
  public String toString() {
    return name();
  }

  @Override
  public List<String> uriModes() {
    return List.of("default", LENIENT, UNDECODED);
  }

  @Override
  public Set<String> naiveHoles(String uriMode) {
    return Set.of("parameters on each", "context path with parameter");
  }

  @Override
  public boolean deploysWars() {
    return false;
  }

  @Override
  public Running start(Setup setup) throws ServletException, IOException {
    PathHandler paths = new PathHandler();
    List<DeploymentManager> deployed = new ArrayList<>();
    for (WebApp app : setup.apps()) {
      DeploymentManager manager = Servlets.newContainer().addDeployment(deployment(app, setup));
      manager.deploy();
      paths.addPrefixPath(app.contextPath().isEmpty() ? "/" : app.contextPath(), manager.start());
      deployed.add(manager);
    }
    Undertow.Builder builder =
        Undertow.builder()
            .addHttpListener(0, "127.0.0.1")
            .setIoThreads(1)
            .setWorkerThreads(8)
            .setServerOption(UndertowOptions.ENABLE_HTTP2, true)
            .setServerOption(UndertowOptions.MAX_ENTITY_SIZE, 1L << 30)
            .setHandler(paths);
    read(builder, setup.uriMode());
    Undertow server = builder.build();
    server.start();
    return new RunningUndertow(server, deployed);
  }

  @SuppressWarnings("deprecation") // the old name of DECODE_SLASH is the one that people know
  private static void read(Undertow.Builder builder, String uriMode) {
    if (uriMode.equals(LENIENT)) {
      builder.setServerOption(UndertowOptions.ALLOW_ENCODED_SLASH, true);
      builder.setServerOption(UndertowOptions.DECODE_SLASH, true);
      builder.setServerOption(UndertowOptions.ALLOW_UNESCAPED_CHARACTERS_IN_URL, true);
    }
    if (uriMode.equals(UNDECODED)) {
      builder.setServerOption(UndertowOptions.DECODE_URL, false);
      builder.setServerOption(UndertowOptions.ALLOW_UNESCAPED_CHARACTERS_IN_URL, true);
    }
  }

  private static DeploymentInfo deployment(WebApp app, Setup setup) throws IOException {
    DeploymentInfo deployment =
        Servlets.deployment()
            .setClassLoader(UndertowHost.class.getClassLoader())
            .setDeploymentName("app" + app.contextPath())
            .setContextPath(app.contextPath().isEmpty() ? "/" : app.contextPath())
            .addServletContextAttribute(Programmatic.APP, app)
            .addListener(new ListenerInfo(Programmatic.class))
            .addErrorPage(new ErrorPage(WebApp.ERROR_PAGE))
            .setResourceManager(files(app));
    if (setup.freshThreads()) {
      deployment.setExecutor(task -> new Thread(task).start());
    }
    int number = 0;
    for (Guard guard : app.form() == WebApp.Form.LISTENER ? List.<Guard>of() : app.guards()) {
      FilterInfo filter = filter("chroma-auth-" + number++, app.form(), guard);
      add(deployment, filter, guard.patterns());
    }
    return deployment;
  }

  private static ResourceManager files(WebApp app) throws IOException {
    Path folder = Workspace.folder("undertow");
    for (Map.Entry<String, String> file : app.files().entrySet()) {
      Path place = folder.resolve(file.getKey());
      Files.createDirectories(place.resolveSibling("."));
      Files.writeString(place, file.getValue());
    }
    return new PathResourceManager(folder);
  }

  private static FilterInfo filter(String name, WebApp.Form form, Guard guard) {
    if (form == WebApp.Form.INSTANCE) {
      return new FilterInfo(
          name, ChromaAuthFilter.class, new ImmediateInstanceFactory<Filter>(guard.build()));
    }
    FilterInfo filter = new FilterInfo(name, ChromaAuthFilter.class);
    guard.settings().forEach(filter::addInitParam);
    return filter;
  }

  private static void add(DeploymentInfo deployment, FilterInfo filter, List<String> patterns) {
    deployment.addFilter(filter.setAsyncSupported(true));
    for (String pattern : patterns) {
      for (DispatcherType type : DispatcherType.values()) {
        deployment.addFilterUrlMapping(filter.getName(), pattern, type);
      }
    }
  }

  private record RunningUndertow(Undertow server, List<DeploymentManager> deployed)
      implements Running {
    @Override
    public int port() {
      return ((InetSocketAddress) server.getListenerInfo().get(0).getAddress()).getPort();
    }

    @Override
    public void close() {
      server.stop();
      for (DeploymentManager each : deployed) {
        try {
          each.stop();
        } catch (ServletException e) {
          throw new IllegalStateException(e);
        }
        each.undeploy();
      }
    }
  }
}
