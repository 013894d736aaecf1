/** Files that are there whole or not at all, and what goes wrong with files, in words. */
package dev.standing.audit.file;
