/**
 * What a gateway costs: a fake Ollama that is never the bottleneck, a load generator that is honest
 * about waiting, and a report that sets ccproxy beside nginx and beside no gateway at all. Start
 * reading at {@link com.visiquate.ccproxy.load.Overhead}.
 */
package com.visiquate.ccproxy.load;
