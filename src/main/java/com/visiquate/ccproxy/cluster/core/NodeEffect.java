package com.visiquate.ccproxy.cluster.core;

import com.visiquate.ccproxy.bus.BusMessage;
import com.visiquate.ccproxy.bus.Membership.Member;
import com.visiquate.ccproxy.bus.Membership.Term;
import com.visiquate.ccproxy.bus.NodeMessage.Parcel;
import com.visiquate.ccproxy.bus.SuccessionMessage;
import com.visiquate.ccproxy.fleet.BackendId;
import com.visiquate.ccproxy.fleet.BackendStatus;

/** What a node must do; decided by {@link ClusterNode}. */
public sealed interface NodeEffect {
  /** Another node is sent this; it may never arrive. */
  record Send(Member to, Parcel parcel) implements NodeEffect {}

  /** An ingress of this node hears it. */
  record Tell(int ingress, BusMessage.ToIngress message) implements NodeEffect {}

  /**
   * A backend of this node gets it.
   *
   * @param remote whether what it says to the client goes through {@link ClusterNode#answered}
   */
  record Run(BackendId backend, BusMessage.Order order, boolean remote) implements NodeEffect {}

  /** A backend of this node is told it. */
  record Control(BackendId backend, BusMessage.Control control) implements NodeEffect {}

  /** This node leads from now on: a routing that knows nothing begins. */
  record Lead(Term term) implements NodeEffect {}

  /** This node leads no more: its routing ends, and nothing that it says is heard. */
  record Yield() implements NodeEffect {}

  /** What is said to the routing of this node, which leads. */
  sealed interface ToRouting extends NodeEffect {}

  record Submit(BusMessage.Submit submit) implements ToRouting {}

  record Leave(BusMessage.Leave leave) implements ToRouting {}

  record Report(BusMessage.SlotReport report) implements ToRouting {}

  record Status(BackendStatus status) implements ToRouting {}

  record Succeed(SuccessionMessage message) implements ToRouting {}
}
