/** Holds the rules that alert, and the dashboards, to what the services tell of themselves. */
package dev.standing.deploy.monitoring;
