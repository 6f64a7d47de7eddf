package io.chromaauth.demo.gateway;

import java.util.Iterator;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.jetty.io.CyclicTimeouts;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * Ends exchanges whose upstream has been silent for too long. One timer for all of them.
 *
 * <p>Jetty's own time-outs do not fit: its total time-out ends long bodies that make progress, and
 * its idle time-out of the upstream's connection blames the upstream for a slow client.
 */
final class AnswerTimeouts extends CyclicTimeouts<Exchange> {
  private final Set<Exchange> running = ConcurrentHashMap.newKeySet();

  AnswerTimeouts(Scheduler scheduler) {
    super(scheduler);
  }

  void watch(Exchange exchange) {
    running.add(exchange);
    schedule(exchange);
  }

  void forget(Exchange exchange) {
    running.remove(exchange);
  }

  @Override
  protected Iterator<Exchange> iterator() {
    return running.iterator();
  }

  @Override
  protected boolean onExpired(Exchange exchange) {
    exchange.expire();
    return true;
  }
}
