/** What is printed for people. */
package dev.standing.local.console;
