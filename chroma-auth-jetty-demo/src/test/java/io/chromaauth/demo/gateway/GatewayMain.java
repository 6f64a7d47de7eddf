package io.chromaauth.demo.gateway;

import java.io.IOException;
import java.net.URI;

/** A gateway in a JVM of its own: prints its port, ends with its standard input. */
final class GatewayMain {
  private GatewayMain() {}

  public static void main(String[] args) throws IOException {
    try (GatewayServer gateway =
        Gateways.to(Gateways.upstream(URI.create(args[0])), Gateways.OPEN)) {
      System.out.println(gateway.port());
      while (System.in.read() >= 0) {
        // until the test closes it
      }
    }
  }
}
