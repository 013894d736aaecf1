/** Liveness and readiness over HTTP. */
package dev.standing.service.health;
