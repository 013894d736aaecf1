/** The demonstration: the requests of both vendor APIs over HTTP, and the events that they cause. */
package dev.standing.local.demo;
