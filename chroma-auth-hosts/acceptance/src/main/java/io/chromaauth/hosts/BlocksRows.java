package io.chromaauth.hosts;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chromaauth.hosts.WebApp.Form;
import io.chromaauth.hosts.app.SampleServlet;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.core.StandardContext;
import org.apache.catalina.startup.Constants;
import org.apache.catalina.startup.ContextConfig;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.scan.StandardJarScanner;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.component.LifeCycle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The blocks of README and docs/webapps.md, pasted and run. */
public abstract class BlocksRows {
  private static final Markdown README = Markdown.page("README.md");
  private static final Markdown WEBAPPS = Markdown.page("docs/webapps.md");

  /** A servlet for the block, which is the start of somebody's web.xml. */
  private static final String APPLICATION =
      """
        <servlet>
          <servlet-name>application</servlet-name>
          <servlet-class>%s</servlet-class>
          <async-supported>true</async-supported>
        </servlet>
        <servlet-mapping>
          <servlet-name>application</servlet-name>
          <url-pattern>/</url-pattern>
        </servlet-mapping>
      </web-app>
      """
          .formatted(SampleServlet.class.getName());

  static Stream<Host> hostsOfWars() {
    return Hosts.all().filter(Host::deploysWars);
  }

  @ParameterizedTest
  @MethodSource("hostsOfWars")
  void theWebXmlTurnsStrangersAway(Host host) throws Exception {
    try (Host.Running running = host.start(war(README.block("In web.xml", "xml")))) {
      Strangers.areTurnedAway(running.port());
    }
  }

  @Test
  void theWebXmlWithTomcatsCorsFilterLetsPagesRead() throws Exception {
    try (Host.Running running =
        new TomcatHost().start(war(WEBAPPS.block("CORS in Tomcat", "xml")))) {
      Strangers.areTurnedAway(running.port());
      Strangers.ofAnotherOriginCanRead(running.port());
      Strangers.ofAThirdOriginCanNot(running.port());
    }
  }

  private static Setup war(String block) throws IOException {
    String xml = Pasted.files().in(block).replace("</web-app>\n", APPLICATION);
    return Setup.of(WebApp.sample(Form.WEB_XML, Map.of()).with(Map.of(WebXml.PLACE, xml)));
  }

  @Test
  void theListenerTurnsStrangersAway() throws Exception {
    Pasted pasted = Pasted.files();
    pasted.compile(README.block("In code", "java"));
    Tomcat tomcat = new Tomcat();
    tomcat.setBaseDir(Workspace.folder("tomcat").toString());
    tomcat.setPort(0);
    Context context = annotated(pasted.webapp());
    tomcat.getHost().addChild(context);
    Tomcat.addServlet(context, "application", new SampleServlet()).addMapping("/");
    tomcat.getConnector().setProperty("address", "127.0.0.1");
    tomcat.start();
    try {
      Strangers.areTurnedAway(tomcat.getConnector().getLocalPort());
    } finally {
      end(tomcat);
    }
  }

  /** A webapp whose annotations Tomcat looks for. */
  private static Context annotated(Path folder) {
    StandardContext context = new StandardContext();
    context.setPath("");
    context.setDocBase(folder.toString());
    context.setParentClassLoader(BlocksRows.class.getClassLoader());
    ((StandardJarScanner) context.getJarScanner()).setScanClassPath(false);
    ContextConfig config = new ContextConfig();
    config.setDefaultWebXml(Constants.NoDefaultWebXml);
    context.addLifecycleListener(config);
    return context;
  }

  private static void end(Tomcat tomcat) throws LifecycleException {
    tomcat.stop();
    tomcat.destroy();
  }

  @Test
  void jettysHandlerLetsPagesRead() throws Exception {
    JettyHost jetty =
        Hosts.all()
            .filter(JettyHost.class::isInstance)
            .map(JettyHost.class::cast)
            .findFirst()
            .orElseThrow();
    Pasted pasted = Pasted.files();
    Map<String, String> settings = pasted.settingsWithOrigin();
    Class<?> block = pasted.compile(WEBAPPS.block("CORS in Jetty", "java"));
    Handler webapp = jetty.assembled(WebApp.sample(Form.INSTANCE, settings), false);
    Server server = new Server();
    ServerConnector connector = new ServerConnector(server, 1, 1);
    connector.setHost("127.0.0.1");
    server.addConnector(connector);
    server.setHandler((Handler) block.getMethod("around", Handler.class).invoke(null, webapp));
    server.start();
    try {
      Strangers.areTurnedAway(connector.getLocalPort());
      Strangers.ofAnotherOriginCanRead(connector.getLocalPort());
      Strangers.ofAThirdOriginCanNot(connector.getLocalPort());
    } finally {
      LifeCycle.stop(server);
    }
  }

  @ParameterizedTest
  @MethodSource("io.chromaauth.hosts.Hosts#all")
  void theTableOfContainersNamesWhatIsTested(Host host) {
    assertTrue(WEBAPPS.text().contains("| " + host.name() + " |"), host::name);
  }
}
