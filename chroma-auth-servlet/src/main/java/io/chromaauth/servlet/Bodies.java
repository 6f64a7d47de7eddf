package io.chromaauth.servlet;

import java.io.IOException;

/** Step 6: what the body of a request names, and whether that is allowed. */
interface Bodies {
  /** Called only for routes whose body names something, once path and query are allowed. */
  Verdict decide(IncomingRequest request, Route route, ResourceNames names, Asking asking)
      throws IOException;
}
