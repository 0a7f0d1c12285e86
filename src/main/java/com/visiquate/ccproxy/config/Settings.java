package com.visiquate.ccproxy.config;

import com.visiquate.ccproxy.fleet.FleetPlan;

/** The whole configuration, valid by construction. Only {@code plan} may change while running. */
public record Settings(
    ServerSettings server, MemorySettings memory, LogSettings logging, FleetPlan plan) {}
