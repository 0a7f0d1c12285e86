package com.visiquate.ccproxy.http.accounts;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;

/** The day until which is asked, where that day itself is meant, too. */
final class LastDay {
  private LastDay() {}

  /** The one after it; what is no day is left as it is, for the records to object to. */
  static String after(String day) {
    try {
      return day.length() == 10 ? LocalDate.parse(day).plusDays(1).toString() : day;
    } catch (DateTimeParseException other) {
      return day;
    }
  }
}
