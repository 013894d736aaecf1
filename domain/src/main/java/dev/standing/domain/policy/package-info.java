/** The configured rules: states, reasons, transitions and settings. */
package dev.standing.domain.policy;
