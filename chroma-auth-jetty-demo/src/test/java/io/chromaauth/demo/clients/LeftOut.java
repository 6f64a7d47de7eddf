package io.chromaauth.demo.clients;

import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.platform.engine.TestTag;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/** Says in one line how many tests were left out because they need real clients and servers. */
public final class LeftOut implements TestExecutionListener {
  private final AtomicLong methods = new AtomicLong();
  private volatile @Nullable TestPlan plan;

  @Override
  public void testPlanExecutionStarted(TestPlan testPlan) {
    plan = testPlan;
  }

  @Override
  public void executionSkipped(TestIdentifier identifier, String reason) {
    TestPlan running = plan;
    if (running != null && identifier.getTags().contains(TestTag.create(ClientTest.TAG))) {
      methods.addAndGet(running.getChildren(identifier).size());
    }
  }

  @Override
  public void testPlanExecutionFinished(TestPlan testPlan) {
    if (methods.get() > 0) {
      System.out.println(
          "chroma-auth: "
              + methods.get()
              + " tests with real Chroma clients and servers left out; .ci/run runs them");
    }
  }
}
