/** What held at any time, as known at any time. */
package dev.standing.domain.history;
