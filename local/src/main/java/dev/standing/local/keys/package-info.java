/** Keys for what runs on this machine. */
package dev.standing.local.keys;
