/** How long things take, and what they cost. */
package dev.standing.bench.measure;
