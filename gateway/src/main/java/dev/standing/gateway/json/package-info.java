/** Reading JSON strictly: nothing is guessed, converted or passed over, and every complaint names the member. */
package dev.standing.gateway.json;
