/** The live feed of events: to every follower what is its own, from where it was, at its own pace. */
package dev.standing.gateway.feed;
