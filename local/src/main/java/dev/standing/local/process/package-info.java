/** How the process ends: in order, and soon. */
package dev.standing.local.process;
