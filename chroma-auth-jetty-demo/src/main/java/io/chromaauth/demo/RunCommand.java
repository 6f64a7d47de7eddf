package io.chromaauth.demo;

import io.chromaauth.settings.Faults;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParentCommand;

/** Serves until it is told to stop, as {@code chroma run} does. */
@Command(
    name = "run",
    description = {
      "Guard a Chroma server, or without an upstream serve the Chroma API from a folder.",
      "Settings come from the environment."
    },
    mixinStandardHelpOptions = true)
final class RunCommand implements Callable<Integer> {
  @Mixin private Options options = new Options();

  @SuppressWarnings("NullAway.Init") // picocli sets it first
  @ParentCommand
  private Main main;

  @Override
  public Integer call() throws Exception {
    Serving.serve(
        ServerSettings.of(options.settings(main.process()), new Faults()), listening -> {});
    return 0;
  }
}
