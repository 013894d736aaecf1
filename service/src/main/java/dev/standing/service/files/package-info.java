/** Files that are read again when they change: keys, key sets, certificates. */
package dev.standing.service.files;
