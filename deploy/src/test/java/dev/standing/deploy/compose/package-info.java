/** What {@code docker-compose.yml} makes, as its users meet it. */
@NullMarked
package dev.standing.deploy.compose;

import org.jspecify.annotations.NullMarked;
