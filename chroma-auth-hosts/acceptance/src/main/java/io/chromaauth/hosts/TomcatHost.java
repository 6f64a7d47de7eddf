package io.chromaauth.hosts;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.core.StandardHost;
import org.apache.catalina.startup.ContextConfig;
import org.apache.catalina.startup.HostConfig;
import org.apache.catalina.startup.Tomcat;
import org.apache.catalina.util.ServerInfo;
import org.apache.coyote.http2.Http2Protocol;

/** Tomcat 10.1 or 11, whichever is on the class path. */
public final class TomcatHost implements Host {
  private static final String REJECT = "reject";

  @Override
  public String name() {
    return ServerInfo.getServerInfo().replace("Apache ", "");
  }

  @Override
  public String toString() {
    return name();
  }

  @Override
  public List<String> uriModes() {
    return List.of(REJECT, "passthrough", "decode");
  }

  @Override
  public Set<String> naiveHoles(String uriMode) {
    Set<String> always =
        Set.of(
            "dot dot to reset",
            "dot dot with parameter, reset",
            "encoded dots",
            "encoded letters",
            "two slashes within",
            "backslashes out of public");
    Set<String> decoding = new HashSet<>(always);
    decoding.addAll(Set.of("encoded slashes out of public", "encoded backslash before reset"));
    return uriMode.equals("decode") ? decoding : always;
  }

  @Override
  public boolean deploysWars() {
    return true;
  }

  @Override
  public Running start(Setup setup) throws Exception {
    Path base = Workspace.folder("tomcat");
    Files.createDirectories(base.resolve("webapps"));
    Tomcat tomcat = new Tomcat();
    tomcat.setBaseDir(base.toString());
    Connector connector = new Connector("HTTP/1.1");
    connector.setPort(0);
    connector.setProperty("address", "127.0.0.1");
    connector.addUpgradeProtocol(new Http2Protocol());
    prepare(connector, setup);
    tomcat.setConnector(connector);
    StandardHost host = (StandardHost) tomcat.getHost();
    host.setParentClassLoader(new HidingLoader());
    host.setConfigClass(WarConfig.class.getName());
    HostConfig deployer = new HostConfig();
    host.addLifecycleListener(deployer);
    RunningTomcat running = new RunningTomcat(tomcat, host, deployer, base);
    for (WebApp app : setup.apps()) {
      if (app.form() == WebApp.Form.WEB_XML) {
        running.write(app);
      } else {
        Context context = tomcat.addContext(app.contextPath(), base.toString());
        TomcatContext.fill(context, app);
      }
    }
    tomcat.start();
    return running;
  }

  /** Makes a connector what the setup asks for. */
  public static void prepare(Connector connector, Setup setup) {
    connector.setProperty("continueResponseTiming", "onRead"); // by itself at once, whoever asks
    if (setup.freshThreads()) {
      connector.getProtocolHandler().setExecutor(task -> new Thread(task).start());
    }
    String uriMode = setup.uriMode();
    if (!uriMode.isEmpty()) {
      connector.setEncodedSolidusHandling(uriMode);
      connector.setEncodedReverseSolidusHandling(uriMode);
    }
    if (!uriMode.isEmpty() && !uriMode.equals(REJECT)) {
      connector.setAllowBackslash(true);
      connector.setProperty("relaxedPathChars", "\"<>[\\]^`{|}");
      connector.setProperty("relaxedQueryChars", "\"<>[\\]^`{|}");
    }
  }

  /** What an installed Tomcat has in {@code conf/web.xml}, as far as it is needed. */
  private static final String DEFAULT_WEB_XML =
      """
      <?xml version="1.0" encoding="UTF-8"?>
      <web-app xmlns="https://jakarta.ee/xml/ns/jakartaee" version="6.0">
      <servlet>
      <servlet-name>default</servlet-name>
      <servlet-class>org.apache.catalina.servlets.DefaultServlet</servlet-class>
      <load-on-startup>1</load-on-startup>
      </servlet>
      <servlet-mapping>
      <servlet-name>default</servlet-name>
      <url-pattern>/</url-pattern>
      </servlet-mapping>
      </web-app>
      """;

  /** Knows its file by itself: of a JVM's Tomcats the first one's folder is searched for all. */
  public static final class WarConfig extends ContextConfig {
    public WarConfig() {
      setDefaultWebXml(Workspace.file("tomcat-web.xml", DEFAULT_WEB_XML).toString());
    }
  }

  private record RunningTomcat(Tomcat tomcat, StandardHost host, HostConfig deployer, Path base)
      implements Running {
    @Override
    public int port() {
      return tomcat.getConnector().getLocalPort();
    }

    void write(WebApp app) throws IOException {
      WarFile.write(app, war(app.contextPath()));
    }

    @Override
    public ClassLoader deploy(WebApp app) throws IOException {
      write(app);
      deployer.check(app.contextPath());
      return ((Context) host.findChild(app.contextPath())).getLoader().getClassLoader();
    }

    @Override
    public void undeploy(String contextPath) throws IOException {
      deployer.unmanageApp(contextPath);
      Path war = war(contextPath);
      Files.delete(war);
      Workspace.delete(war.resolveSibling(war.getFileName().toString().replace(".war", "")));
    }

    private Path war(String contextPath) {
      return base.resolve("webapps")
          .resolve((contextPath.isEmpty() ? "ROOT" : contextPath.substring(1)) + ".war");
    }

    @Override
    public void close() {
      try {
        tomcat.stop();
        tomcat.destroy();
        Workspace.delete(base);
      } catch (LifecycleException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
