package com.visiquate.ccproxy.records.budget;

import com.visiquate.ccproxy.fleet.Budget;

/**
 * What a request has cost.
 *
 * @param tokens of prompts and answers
 */
public record Spending(double money, double tokens, double machineSeconds) {
  double in(Budget.Unit unit) {
    return switch (unit) {
      case MONEY -> money;
      case TOKENS -> tokens;
      case MACHINE_SECONDS -> machineSeconds;
    };
  }
}
