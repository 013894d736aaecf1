/** Commands at a pace, what they are answered, and what comes of them. */
package dev.standing.bench.load;
