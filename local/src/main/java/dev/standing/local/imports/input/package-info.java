/** What the file of an import says: bytes in, work out. Nothing here knows HTTP, a clock, or where the bytes come from. */
package dev.standing.local.imports.input;
