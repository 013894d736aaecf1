/** Settings of a service: from a properties file and from environment variables. */
package dev.standing.service.settings;
