package com.visiquate.ccproxy.simulator;

import com.visiquate.ccproxy.simulator.model.Generation;
import com.visiquate.ccproxy.simulator.model.Profile;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Runs simulated servers from the shell until the process is ended; prints one ready line. */
@Command(
    name = "ollama-simulator",
    mixinStandardHelpOptions = true,
    description =
        "Simulated Ollama servers. GET /__seen shows counters, GET /__slots who has held the"
            + " slots, POST /__fault sets faults.")
public final class SimulatorMain implements Callable<Integer> {
  @Option(
      names = "--ports",
      split = ",",
      defaultValue = "11435",
      description = "One server each; 0 takes a free port. Default: ${DEFAULT-VALUE}")
  private List<Integer> ports = List.of();

  @Option(
      names = "--scale",
      defaultValue = "1",
      description = "Times faster than real; 0 takes no time. Default: ${DEFAULT-VALUE}")
  private double scale;

  @Option(names = "--slots", defaultValue = "1", description = "Slots a model (NUM_PARALLEL).")
  private int slots;

  @Option(
      names = "--crowding",
      defaultValue = "0.5",
      description = "How much running answers slow each other: 0 not, 1 they share one rate.")
  private double crowding;

  @Option(
      names = "--context",
      defaultValue = "32768",
      description = "Tokens of context. Default: ${DEFAULT-VALUE}")
  private int context;

  @Option(names = "--generation", defaultValue = "OLDER", description = "OLDER or NEWER.")
  private Generation generation = Generation.OLDER;

  @Option(names = "--seed", defaultValue = "42", description = "For texts and chances.")
  private long seed;

  @Override
  public Integer call() {
    Vertx vertx = Vertx.vertx();
    List<Future<Simulator>> starting =
        ports.stream().map(port -> Simulator.start(vertx, profile(port))).toList();
    Future.all(starting)
        .onSuccess(all -> System.out.println("ready " + urls(starting)))
        .onFailure(SimulatorMain::fail);
    return 0;
  }

  private Profile profile(int port) {
    return Profile.demo()
        .scaled(scale == 0 ? Double.POSITIVE_INFINITY : scale)
        .withSlots(slots)
        .withCrowding(crowding)
        .withContextLength(context)
        .withGeneration(generation)
        .withSeed(seed)
        .withPort(port);
  }

  private static String urls(List<Future<Simulator>> started) {
    return started.stream().map(each -> each.result().url()).collect(Collectors.joining(" "));
  }

  private static void fail(Throwable cause) {
    System.err.println("cannot start: " + cause.getMessage());
    System.exit(1);
  }

  public static void main(String[] arguments) {
    int code = new CommandLine(new SimulatorMain()).execute(arguments);
    if (code != 0) {
      System.exit(code);
    }
  }
}
