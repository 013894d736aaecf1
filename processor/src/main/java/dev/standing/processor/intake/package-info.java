/** Records of the commands topic as they are read, or wait to be. */
package dev.standing.processor.intake;
