/** What a benchmark runs against: a broker, a registry, topics and a processor, all in this process. */
package dev.standing.bench.platform;
