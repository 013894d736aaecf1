/** What is measured, one class each. */
package dev.standing.bench.scenario;
