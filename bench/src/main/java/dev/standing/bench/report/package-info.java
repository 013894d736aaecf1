/** What was measured, as people and programs read it. */
package dev.standing.bench.report;
