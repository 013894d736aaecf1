package dev.standing.processor.output;

import dev.standing.headers.CloudEventHeaders;
import dev.standing.headers.HeaderNames;
import dev.standing.headers.HeaderText;
import java.time.Instant;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/** The headers of the records that follow from one command. */
public final class AnswerHeaders {

    private static final CloudEventHeaders CLOUD_EVENT = new CloudEventHeaders("urn:standing:processor");

    /** What is passed on has this many bytes at most; a trace context has 55, the id of a gateway fewer. */
    private static final int MAX_PASSED_ON_BYTES = 256;

    private final Headers command;
    private final String commandId;

    private AnswerHeaders(Headers command, String commandId) {
        this.command = command;
        this.commandId = commandId;
    }

    /**
     * Of the records that follow from a command.
     *
     * @param command the command's headers
     * @param commandId the command's id, by which whoever waits for its result finds it
     */
    public static AnswerHeaders answering(Headers command, String commandId) {
        return new AnswerHeaders(command, commandId);
    }

    /** Of the records that follow from no command, but from the passing of time. */
    public static AnswerHeaders unasked() {
        return new AnswerHeaders(new RecordHeaders(), "");
    }

    /** The headers of one of the records. */
    public Headers of(OutgoingRecord record, Instant time) {
        Headers headers = new RecordHeaders();
        CLOUD_EVENT.write(headers, record.id(), record.type(), time);
        passOn(HeaderNames.TRACEPARENT, headers);
        if (record.sink() == Sink.RESULTS) {
            passOn(HeaderNames.REPLY_TO, headers);
            HeaderText.write(headers, HeaderNames.CORRELATION_ID, commandId);
        }
        return headers;
    }

    private void passOn(String name, Headers headers) {
        Header header = command.lastHeader(name);
        if (header != null && header.value() != null && header.value().length <= MAX_PASSED_ON_BYTES) {
            headers.add(name, header.value());
        }
    }
}
