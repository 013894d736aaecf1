/** The REST API: registration and OCS.io's UpdateCustomerState. */
package dev.standing.gateway.rest;
