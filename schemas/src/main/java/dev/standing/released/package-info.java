/** What earlier releases wrote: their schemas, kept for as long as what was written with them may be about. */
package dev.standing.released;
