package com.visiquate.ccproxy.launch;

import com.visiquate.ccproxy.config.logs.Logs;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.function.IntConsumer;
import org.slf4j.LoggerFactory;

/**
 * Hears SIGINT and SIGTERM, each time: a shutdown hook runs once and hears no second Ctrl-C. The
 * only way is {@code sun.misc.Signal}, whose use the compiler does not allow without a warning;
 * hence by name.
 */
final class Signals {
  private Signals() {}

  /** Calls the handler with the signal's number, on a thread of its own. */
  static void hear(IntConsumer handler) {
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handlerType = Class.forName("sun.misc.SignalHandler");
      Method number = signal.getMethod("getNumber");
      Object proxy =
          Proxy.newProxyInstance(
              handlerType.getClassLoader(),
              new Class<?>[] {handlerType},
              (self, method, arguments) -> {
                handler.accept((int) number.invoke(arguments[0]));
                return null;
              });
      Method handle = signal.getMethod("handle", signal, handlerType);
      for (String name : new String[] {"INT", "TERM"}) {
        handle.invoke(null, signal.getConstructor(String.class).newInstance(name), proxy);
      }
    } catch (ReflectiveOperationException missing) {
      LoggerFactory.getLogger(Logs.LIFE_CYCLE).warn("signals end at once, without drain", missing);
    }
  }
}
