/** The command line of the benchmarks. */
package dev.standing.bench.cli;
