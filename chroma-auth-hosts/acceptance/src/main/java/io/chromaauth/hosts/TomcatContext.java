package io.chromaauth.hosts;

import jakarta.servlet.DispatcherType;
import org.apache.catalina.Context;
import org.apache.tomcat.util.descriptor.web.ErrorPage;
import org.apache.tomcat.util.descriptor.web.FilterDef;
import org.apache.tomcat.util.descriptor.web.FilterMap;

/** An application put together by Tomcat's own API. */
final class TomcatContext {
  private TomcatContext() {}

  static void fill(Context context, WebApp app) {
    context.setParentClassLoader(TomcatContext.class.getClassLoader());
    context.getServletContext().setAttribute(Programmatic.APP, app);
    context.addApplicationListener(Programmatic.class.getName());
    ErrorPage page = new ErrorPage();
    page.setLocation(WebApp.ERROR_PAGE);
    context.addErrorPage(page);
    if (app.form() == WebApp.Form.INSTANCE) {
      app.guards().forEach(guard -> add(context, guard));
    }
  }

  private static void add(Context context, Guard guard) {
    FilterDef filter = new FilterDef();
    filter.setFilterName("chroma-auth" + guard.patterns());
    filter.setFilter(guard.build());
    filter.setAsyncSupported("true");
    context.addFilterDef(filter);
    FilterMap map = new FilterMap();
    map.setFilterName(filter.getFilterName());
    guard.patterns().forEach(map::addURLPattern);
    for (DispatcherType type : DispatcherType.values()) {
      map.setDispatcher(type.name());
    }
    context.addFilterMap(map);
  }
}
