package com.visiquate.ccproxy.http;

import com.visiquate.ccproxy.dialect.Dialect;

/** An endpoint at which a dialect's clients ask for answers, by its usual path. */
record ChatRoute(String template, Dialect dialect) {}
