/** What would have come out if the recorded commands had been decided under another policy. */
package dev.standing.audit.whatif;
