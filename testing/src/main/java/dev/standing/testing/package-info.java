/**
 * What integration tests run on: a broker and a registry inside their own process, or those that others have, in
 * containers. The scenarios are the same on both; {@link dev.standing.testing.TestPlatform} tells which it is.
 */
package dev.standing.testing;
