/** Everything on one machine in one process: broker, registry, processor and gateway. */
package dev.standing.local.node;
