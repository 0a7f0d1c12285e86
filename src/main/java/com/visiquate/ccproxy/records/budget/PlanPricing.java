package com.visiquate.ccproxy.records.budget;

import com.visiquate.ccproxy.bus.RequestRecord;
import com.visiquate.ccproxy.bus.RequestRecord.Price;
import com.visiquate.ccproxy.bus.RequestRecord.Tokens;
import com.visiquate.ccproxy.fleet.ModelName;
import com.visiquate.ccproxy.fleet.PriceBook;
import com.visiquate.ccproxy.records.account.Pricing;

/** What requests cost by the price book that holds now. */
public final class PlanPricing implements Pricing {
  private PriceBook book;

  public PlanPricing(PriceBook book) {
    this.book = book;
  }

  public void follow(PriceBook other) {
    book = other;
  }

  public String currency() {
    return book.currency();
  }

  @Override
  public Price of(RequestRecord record) {
    String name = record.served().model();
    if (name == null) {
      return Price.NONE;
    }
    ModelName model = new ModelName(name);
    com.visiquate.ccproxy.fleet.Price price = book.of(model);
    Tokens tokens = record.tokens();
    double cost =
        price.tokens().of(tokens.prompt(), tokens.cached(), tokens.output())
            + price.ofMachine(record.slots().micros());
    return new Price(
        cost, book.cloudOf(model).of(tokens.prompt(), tokens.cached(), tokens.output()));
  }
}
