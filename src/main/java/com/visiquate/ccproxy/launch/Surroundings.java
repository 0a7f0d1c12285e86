package com.visiquate.ccproxy.launch;

import java.nio.file.Path;
import java.util.Map;
import java.util.function.IntConsumer;

/** What the process stands in, so that tests can stand it in something else. */
public interface Surroundings {
  Map<String, String> environment();

  /** What is started in it. */
  GatewayStarter gateways();

  /** The class by which another process of this kind is started. */
  String main();

  /** In which {@code conf/ccproxy.yaml} is looked for. */
  Path folder();

  /** Calls the handler, on a thread of its own, with the number of each SIGINT and SIGTERM. */
  void onSignal(IntConsumer handler);

  /** Ends the process; never called on an event loop. */
  void exit(int code);

  /** Ends the process without asking anybody. */
  void halt(int code);
}
