package com.visiquate.ccproxy.cluster;

import com.visiquate.ccproxy.bus.Membership.Member;
import com.visiquate.ccproxy.bus.NodeMessage.Parcel;
import com.visiquate.ccproxy.wire.Wire;
import io.vertx.core.Context;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What comes and goes by the carrier: messages as bytes, heard on the context of the cluster. */
final class Mailbag implements Carrier.Listener, BiConsumer<Member, Parcel> {
  private static final Logger LOG = LoggerFactory.getLogger(Mailbag.class);

  private volatile @Nullable Wire wire;
  private final Context context;
  private final Supplier<@Nullable Carrier> carrier;
  private final InstantSource clock = new SteadyClock();
  private final Hearing hearing;
  private final Set<Member> missed = new HashSet<>();
  private @Nullable Reader reader;
  private boolean warned;

  /** Who reads it. */
  interface Reader {
    /** These are there, the eldest first. */
    void seen(List<Member> members);

    void arrived(Parcel parcel);
  }

  Mailbag(Member self, Context context, Supplier<@Nullable Carrier> carrier) {
    this.hearing = new Hearing(self);
    this.context = context;
    this.carrier = carrier;
  }

  /** Makes itself ready, which loads hundreds of classes: not on an event loop. */
  void prepare() {
    wire = new Wire();
  }

  /** How it writes and reads, once it is ready. */
  Wire wire() {
    return Objects.requireNonNull(wire);
  }

  void deliverTo(Reader someone) {
    reader = someone;
  }

  /** May be lost, as everything that goes this way. */
  @Override
  public void accept(Member to, Parcel parcel) {
    Carrier open = carrier.get();
    Wire ready = wire;
    if (open != null && ready != null) {
      open.send(to, ready.encode(parcel));
    }
  }

  @Override
  public void seen(List<Member> members) {
    hear(
        to -> {
          hearing.seen(members, clock.instant());
          to.seen(members);
        });
  }

  @Override
  public void arrived(byte[] message) {
    Optional<Parcel> read = wire().decode(message);
    read.ifPresentOrElse(this::arrived, this::forged);
  }

  private void arrived(Parcel parcel) {
    hear(
        to -> {
          hearing.heard(parcel.from(), clock.instant());
          to.arrived(parcel);
        });
  }

  /** Some time has passed: others may have forgotten that this node listens. */
  void listen() {
    Instant now = clock.instant();
    Carrier open = carrier.get();
    if (open != null && hearing.isDue(now)) {
      hearing.silent(now).stream().filter(missed::add).forEach(Mailbag::miss);
      open.listenAgain();
    }
  }

  private static void miss(Member member) {
    LOG.warn(
        "nothing is heard of {}, which is there; it is left out until it is heard. If that lasts,"
            + " look at its port for messages, and at the certificates of both",
        member.node());
  }

  @Override
  public void forged() {
    context.runOnContext(
        nothing -> {
          if (!warned) {
            warned = true;
            LOG.warn(
                "somebody who does not know the cluster's secret, or speaks another version of it,"
                    + " sends to this node; it is not heard");
          }
        });
  }

  private void hear(Consumer<Reader> said) {
    context.runOnContext(
        nothing -> {
          if (reader != null) {
            said.accept(reader);
          }
        });
  }
}
