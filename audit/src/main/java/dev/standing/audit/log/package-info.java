/** The topics of a deployment as an auditor reads them: committed records alone, between fixed places. */
package dev.standing.audit.log;
