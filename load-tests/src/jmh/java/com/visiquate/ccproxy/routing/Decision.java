package com.visiquate.ccproxy.routing;

import com.visiquate.ccproxy.bus.BusMessage.Ended;
import com.visiquate.ccproxy.routing.request.RoutingEffect;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What a decision costs: one request ends, and the scheduler says who of all that wait starts in
 * its place. Another one comes before each decision, which is not measured, so that as many wait
 * each time. Single decisions are sampled, and the median is what to quote: other programs on the
 * machine lengthen the mean. For their sake the JIT compiler is waited for, too.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(
    value = 1,
    jvmArgs = {"-Xms1g", "-Xmx1g", "-XX:+UseSerialGC", "-Xbatch"})
@Warmup(iterations = 4, time = 3)
@Measurement(iterations = 5, time = 1)
public class Decision {
  /** Requests without a slot. */
  @Param({"10", "1000", "10000", "100000"})
  public int waiting;

  /** Of one slot each. */
  @Param({"3", "30", "300"})
  public int backends;

  private Busy busy;
  private Ended ended;
  private List<RoutingEffect> effects;

  @Setup(Level.Trial)
  public void fill() {
    busy = new Busy(backends, waiting - 1);
  }

  @Setup(Level.Invocation)
  public void come() {
    busy.note(busy.submit(busy.next()));
    ended = busy.oldest();
  }

  @Benchmark
  public Object decide() {
    effects = busy.finish(ended);
    return effects;
  }

  @TearDown(Level.Invocation)
  public void note() {
    busy.note(effects);
  }
}
