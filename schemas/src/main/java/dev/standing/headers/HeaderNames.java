package dev.standing.headers;

/** The one place for the names of record headers. Values are text in UTF-8. */
public final class HeaderNames {

    /** CloudEvents: the version of its specification, always 1.0. */
    public static final String CE_SPECVERSION = "ce_specversion";
    /** CloudEvents: unique within the source. */
    public static final String CE_ID = "ce_id";
    /** CloudEvents: what the record is. */
    public static final String CE_TYPE = "ce_type";
    /** CloudEvents: who wrote it, as a URI reference. */
    public static final String CE_SOURCE = "ce_source";
    /** CloudEvents: when it happened (RFC 3339, UTC). */
    public static final String CE_TIME = "ce_time";
    /** W3C Trace Context: passed on from a command to all that it causes. */
    public static final String TRACEPARENT = "traceparent";

    /** The instance of the gateway that waits for the result. */
    public static final String REPLY_TO = "standing_reply_to";
    /** The commandId of the command that is answered, which for a replay is not that of the result. */
    public static final String CORRELATION_ID = "standing_correlation_id";

    /** Dead letters: why, as a code. */
    public static final String DLQ_REASON = "standing_dlq_reason";
    /** Dead letters: why, in words. */
    public static final String DLQ_MESSAGE = "standing_dlq_message";
    /** Dead letters: the topic that the record lay in. */
    public static final String DLQ_TOPIC = "standing_dlq_topic";
    /** Dead letters: the partition that the record lay in. */
    public static final String DLQ_PARTITION = "standing_dlq_partition";
    /** Dead letters: the record's offset there. */
    public static final String DLQ_OFFSET = "standing_dlq_offset";
    /** Dead letters: the record's timestamp, in milliseconds since the epoch. */
    public static final String DLQ_TIMESTAMP = "standing_dlq_timestamp";
    /** Dead letters: how many bytes the value had; only if it was cut off. */
    public static final String DLQ_TRUNCATED_FROM = "standing_dlq_truncated_from";

    private HeaderNames() {}
}
