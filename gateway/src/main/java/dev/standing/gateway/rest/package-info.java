/** The REST API: customers, OCS.io's UpdateCustomerState, and subordinates. */
package dev.standing.gateway.rest;
