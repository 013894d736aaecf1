/** Request and reply over Kafka: commands out, results back to whoever waits for them. */
package dev.standing.gateway.reply;
