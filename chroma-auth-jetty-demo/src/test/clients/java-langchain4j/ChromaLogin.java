import dev.langchain4j.http.client.HttpClientBuilder;
import dev.langchain4j.http.client.HttpClientBuilderFactory;
import dev.langchain4j.http.client.HttpRequest;
import dev.langchain4j.http.client.SuccessfulHttpResponse;
import dev.langchain4j.http.client.jdk.JdkHttpClient;
import dev.langchain4j.http.client.jdk.JdkHttpClientBuilder;
import io.chromaauth.client.ClientCredentials;
import java.net.URI;
import java.util.Map;

/** LangChain4j's own HTTP client; requests to one Chroma carry credentials, others none. */
public final class ChromaLogin implements HttpClientBuilderFactory {
  private static volatile URI server = URI.create("http://localhost:8000");
  private static volatile ClientCredentials credentials = Map::of;

  /** For every store that is made from now on. */
  public static void use(URI chroma, ClientCredentials login) {
    server = chroma;
    credentials = login;
    System.setProperty("langchain4j.http.clientBuilderFactory", ChromaLogin.class.getName());
  }

  @Override
  public HttpClientBuilder create() {
    String chroma = server.resolve("/").toString();
    ClientCredentials login = credentials;
    return new JdkHttpClientBuilder() {
      @Override
      public JdkHttpClient build() {
        return new JdkHttpClient(this) {
          @Override
          public SuccessfulHttpResponse execute(HttpRequest request) {
            return super.execute(request.url().startsWith(chroma) ? with(login, request) : request);
          }
        };
      }
    };
  }

  private static HttpRequest with(ClientCredentials login, HttpRequest request) {
    HttpRequest.Builder builder =
        HttpRequest.builder().method(request.method()).url(request.url()).body(request.body());
    request.headers().forEach((name, values) -> builder.addHeader(name, values.toArray(new String[0])));
    return builder.addHeaders(login.headersFor(URI.create(request.url()))).build();
  }
}
