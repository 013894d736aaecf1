/** What processors and those who query them agree on. */
package dev.standing.service.query;
