package com.visiquate.ccproxy.simulator;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFactory;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.ServerChannel;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.InternetProtocolFamily;
import io.vertx.core.spi.transport.Transport;
import java.util.function.Consumer;

/** Vert.x's plain transport, with somebody who is told of each socket that a listener accepts. */
final class WatchedTransport implements io.vertx.core.transport.Transport, Transport {
  private final Transport plain = NIO.implementation();
  private final Consumer<Channel> watcher;

  WatchedTransport(Consumer<Channel> watcher) {
    this.watcher = watcher;
  }

  @ChannelHandler.Sharable
  private static final class Watch extends ChannelInboundHandlerAdapter {
    private final Consumer<Channel> watcher;

    Watch(Consumer<Channel> watcher) {
      this.watcher = watcher;
    }

    @Override
    public void channelRead(ChannelHandlerContext listener, Object accepted) {
      watcher.accept((Channel) accepted);
      listener.fireChannelRead(accepted);
    }
  }

  @Override
  public ChannelFactory<? extends ServerChannel> serverChannelFactory(boolean domainSocket) {
    ChannelFactory<? extends ServerChannel> listeners = plain.serverChannelFactory(domainSocket);
    return () -> watched(listeners.newChannel());
  }

  private ServerChannel watched(ServerChannel listener) {
    listener.pipeline().addLast(new Watch(watcher));
    return listener;
  }

  @Override
  public String name() {
    return "watched";
  }

  @Override
  public boolean available() {
    return true;
  }

  @Override
  public Throwable unavailabilityCause() {
    return plain.unavailabilityCause();
  }

  @Override
  public Transport implementation() {
    return this;
  }

  @Override
  public IoHandlerFactory ioHandlerFactory() {
    return plain.ioHandlerFactory();
  }

  @Override
  public ChannelFactory<? extends Channel> channelFactory(boolean domainSocket) {
    return plain.channelFactory(domainSocket);
  }

  @Override
  public DatagramChannel datagramChannel() {
    return plain.datagramChannel();
  }

  @Override
  @SuppressWarnings("deprecation") // It is Vert.x's interface that says so.
  public DatagramChannel datagramChannel(InternetProtocolFamily family) {
    return plain.datagramChannel(family);
  }
}
