package io.chromaauth.hosts.spring;

import io.chromaauth.UserIdentity;
import io.chromaauth.hosts.Team;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.async.DeferredResult;
import org.springframework.web.multipart.MultipartFile;

/** Spring MVC behind the filter: each method says who asks. */
@RestController
class OrdersController {
  /** Who asks, as Spring MVC hands it to a method. */
  @GetMapping("/orders/mine")
  String mine(Principal principal, UserIdentity identity, HttpServletRequest request) {
    return "principal="
        + principal.getName()
        + "\nidentity="
        + identity.userId()
        + "\nprovider="
        + identity.provider()
        + "\nroles="
        + identity.roles()
        + "\nclerk="
        + request.isUserInRole("clerk");
  }

  @GetMapping("/orders/deferred")
  DeferredResult<String> deferred(UserIdentity identity) {
    DeferredResult<String> result = new DeferredResult<>();
    new Thread(() -> result.setResult("identity=" + identity.userId())).start();
    return result;
  }

  @GetMapping("/orders/called")
  Callable<String> called(UserIdentity identity, HttpServletRequest request) {
    return () -> "identity=" + identity.userId() + "\nremote-user=" + request.getRemoteUser();
  }

  @GetMapping("/orders/teapot")
  void teapot(HttpServletResponse response) throws IOException {
    response.sendError(418);
  }

  @GetMapping("/orders/broken")
  String broken() {
    throw new IllegalStateException("thrown by the sample application");
  }

  @PostMapping("/orders/upload")
  String upload(@RequestParam("file") MultipartFile file, UserIdentity identity)
      throws IOException {
    String text = new String(file.getBytes(), StandardCharsets.UTF_8);
    return "identity=" + identity.userId() + "\nfile=" + file.getOriginalFilename() + "\n" + text;
  }

  @PostMapping("/orders/form")
  String form(@RequestParam("name") String name, UserIdentity identity) {
    return "identity=" + identity.userId() + "\nname=" + name;
  }

  @PostMapping(Team.MINE)
  String create(@RequestBody String json, UserIdentity identity) {
    return "identity=" + identity.userId() + "\nbody=" + json;
  }

  @GetMapping(Team.MINE)
  String list(@Nullable Principal principal) {
    return "principal=" + (principal == null ? "nobody" : principal.getName());
  }

  /** Sends the request on to where not everybody may go. */
  @GetMapping("/orders/forwarding")
  void forwarding(HttpServletRequest request, HttpServletResponse response)
      throws ServletException, IOException {
    request.getRequestDispatcher("/orders/secret").forward(request, response);
  }

  @GetMapping("/orders/secret")
  String secret() {
    return "REACHED the secret";
  }

  /** A page of the application's own, which is none of our filter's business in some set-ups. */
  @GetMapping("/pages/welcome")
  String welcome(@Nullable Principal principal) {
    return "principal=" + (principal == null ? "nobody" : principal.getName());
  }
}
