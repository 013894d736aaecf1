/** The formats of exported files: the same rows give the same bytes, on every JDK. */
package dev.standing.audit.export.format;
