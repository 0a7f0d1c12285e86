package com.visiquate.ccproxy.routing.estimate;

/**
 * How fast a model is, as a mean over its backends.
 *
 * @param character nanoseconds for one character of a prompt that is not cached
 * @param output nanoseconds for one generated token
 * @param answer tokens of an answer
 */
public record Speed(double character, double output, double answer) {
  static final Speed NONE = new Speed(0, 0, 0);

  Speed and(Rate rate) {
    return new Speed(
        character + rate.prompt() * rate.density(), output + rate.output(), answer + rate.answer());
  }

  Speed over(int backends) {
    return new Speed(character / backends, output / backends, answer / backends);
  }
}
