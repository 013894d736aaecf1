/**
 * The topics and the schemas of their values: what they are ({@link dev.standing.topics.TopicCatalogue}), and how they come to be
 * ({@link dev.standing.topics.TopicProvisioning}, {@link dev.standing.topics.SchemaProvisioning}).
 */
package dev.standing.topics;
