package io.chromaauth.hosts;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.http2.server.HTTP2CServerConnectionFactory;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.ContextHandler;
import org.eclipse.jetty.server.handler.ContextHandlerCollection;
import org.eclipse.jetty.util.component.LifeCycle;
import org.eclipse.jetty.util.thread.ThreadPool;

/** Jetty 12.1, as far as it is the same whatever Jakarta EE it speaks. */
public abstract class JettyHost implements Host {
  private static final String UNSAFE = "UNSAFE";

  private final String environment;

  JettyHost(String environment) {
    this.environment = environment;
  }

  /** An application from a WAR. */
  abstract ContextHandler war(Path war, String contextPath, boolean lenient) throws Exception;

  /** An application put together by Jetty's own API. */
  abstract ContextHandler assembled(WebApp app, boolean lenient);

  @Override
  public String name() {
    return "Jetty " + Server.getVersion() + " " + environment;
  }

  @Override
  public String toString() {
    return name();
  }

  @Override
  public List<String> uriModes() {
    return List.of("DEFAULT", UNSAFE);
  }

  @Override
  public Set<String> naiveHoles(String uriMode) {
    return Set.of(
        "dot dot to reset",
        "dot dot with parameter, reset",
        "encoded dots",
        "encoded letters",
        "encoded slash before reset",
        "parameters on each");
  }

  @Override
  public boolean deploysWars() {
    return true;
  }

  @Override
  public Running start(Setup setup) throws Exception {
    Server server = setup.freshThreads() ? new Server(new FreshThreads()) : new Server();
    server.addConnector(connector(server, setup.uriMode()));
    ContextHandlerCollection contexts = new ContextHandlerCollection();
    server.setHandler(contexts);
    boolean lenient = setup.uriMode().equals(UNSAFE);
    RunningJetty running = new RunningJetty(server, contexts, new ArrayList<>());
    for (WebApp app : setup.apps()) {
      contexts.addHandler(
          app.form() == WebApp.Form.WEB_XML
              ? war(running.write(app), app.contextPath(), lenient)
              : assembled(app, lenient));
    }
    server.start();
    return running;
  }

  private static ServerConnector connector(Server server, String uriMode) {
    HttpConfiguration http = new HttpConfiguration();
    http.setSendServerVersion(false);
    if (!uriMode.isEmpty()) {
      http.setUriCompliance(UriCompliance.valueOf(uriMode));
    }
    ServerConnector connector =
        new ServerConnector(
            server, 1, 1, new HttpConnectionFactory(http), new HTTP2CServerConnectionFactory(http));
    connector.setHost("127.0.0.1");
    return connector;
  }

  private static final class FreshThreads implements ThreadPool {
    @Override
    public void execute(Runnable task) {
      new Thread(task).start();
    }

    @Override
    public void join() {}

    @Override
    public int getThreads() {
      return 0;
    }

    @Override
    public int getIdleThreads() {
      return 0;
    }

    @Override
    public boolean isLowOnThreads() {
      return false;
    }
  }

  private final class RunningJetty implements Running {
    private final Server server;
    private final ContextHandlerCollection contexts;
    private final List<Path> folders;

    RunningJetty(Server server, ContextHandlerCollection contexts, List<Path> folders) {
      this.server = server;
      this.contexts = contexts;
      this.folders = folders;
    }

    @Override
    public int port() {
      return ((ServerConnector) server.getConnectors()[0]).getLocalPort();
    }

    Path write(WebApp app) throws Exception {
      Path folder = Workspace.folder("war");
      folders.add(folder);
      Path war = folder.resolve("app.war");
      WarFile.write(app, war);
      return war;
    }

    @Override
    public ClassLoader deploy(WebApp app) throws Exception {
      ContextHandler context = war(write(app), app.contextPath(), false);
      contexts.addHandler(context);
      context.start();
      return context.getClassLoader();
    }

    @Override
    public void undeploy(String contextPath) throws Exception {
      for (ContextHandler context : contexts.getDescendants(ContextHandler.class)) {
        if (context.getContextPath().equals(contextPath)) {
          context.stop();
          contexts.removeHandler(context);
          context.destroy();
        }
      }
    }

    @Override
    public void close() {
      LifeCycle.stop(server);
      server.destroy();
      folders.forEach(Workspace::delete);
    }
  }
}
