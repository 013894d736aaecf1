package dev.standing.gateway.reply;

import static org.assertj.core.api.Assertions.assertThat;

import dev.standing.domain.command.Command;
import dev.standing.domain.command.Instruction.ChangeState;
import dev.standing.domain.command.ReasonChoice;
import dev.standing.domain.customer.CustomerState;
import dev.standing.domain.customer.Origin;
import dev.standing.headers.HeaderNames;
import dev.standing.headers.HeaderText;
import dev.standing.serde.GeneratedClasses;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serializer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class CommandSenderTest {

    private static final Command COMMAND = new Command(
            "c",
            new Origin("command", Optional.of("request"), "source"),
            OptionalLong.empty(),
            Optional.empty(),
            new ChangeState(
                    CustomerState.ACTIVE, new ReasonChoice.PolicyDefault(), Optional.empty(), false, Optional.empty()));

    private final MockProducer<byte[], byte[]> producer =
            new MockProducer<>(false, null, new ByteArraySerializer(), new ByteArraySerializer());
    private final Waiter waiter = new Waiter();

    @BeforeAll
    static void trust() {
        GeneratedClasses.trust();
    }

    @Test
    void aCommandIsAddressedAndKeyedByItsCustomer() {
        send((topic, command) -> new byte[] {1});

        ProducerRecord<byte[], byte[]> sent = producer.history().get(0);
        assertThat(new String(sent.key(), StandardCharsets.UTF_8)).isEqualTo("c");
        assertThat(sent.partition()).isNull();
        assertThat(HeaderText.read(sent.headers(), HeaderNames.REPLY_TO)).hasValue("instance");
        assertThat(HeaderText.read(sent.headers(), HeaderNames.CORRELATION_ID)).hasValue("command");
        assertThat(HeaderText.read(sent.headers(), HeaderNames.CE_TYPE)).hasValue("dev.standing.command.CHANGE_STATE");
        assertThat(HeaderText.read(sent.headers(), HeaderNames.TRACEPARENT)).hasValue("trace");
    }

    @Test
    void aConfirmedCommandIsPromised() {
        send((topic, command) -> new byte[] {1});

        producer.completeNext();
        waiter.giveUp();

        assertThat(waiter.reply().join()).isEqualTo(new Reply.Unanswered());
    }

    @Test
    void whatFailsWithinTheCallWasNotTaken() {
        send((topic, command) -> new byte[] {1});

        producer.errorNext(new TimeoutException("no metadata"));

        assertThat(waiter.reply().join()).isInstanceOf(Reply.NotTaken.class);
    }

    @Test
    void whatFailsOnceItWasSentMayHaveBeenTaken() throws InterruptedException {
        send((topic, command) -> new byte[] {1});

        failElsewhere(new TimeoutException("no answer"));

        assertThat(waiter.reply().join()).isEqualTo(new Reply.PerhapsTaken());
    }

    @Test
    void whatTheBrokerRefusesWasNotTaken() throws InterruptedException {
        send((topic, command) -> new byte[] {1});

        failElsewhere(new RecordTooLargeException("too large"));

        assertThat(waiter.reply().join()).isInstanceOf(Reply.NotTaken.class);
    }

    @Test
    void whatCannotBeEncodedWasNotTaken() {
        send((topic, command) -> {
            throw new SerializationException("no schema");
        });

        assertThat(waiter.reply().join()).isInstanceOf(Reply.NotTaken.class);
        assertThat(producer.history()).isEmpty();
    }

    @Test
    void whileKafkaConfirmsNothingNobodyIsToSend() {
        CommandSender sender = sender((topic, command) -> new byte[] {1});
        sender.send(COMMAND, Optional.empty(), waiter);
        assertThat(sender.admits()).isTrue();

        producer.errorNext(new TimeoutException("no metadata"));
        assertThat(sender.admits()).isFalse();

        sender.send(COMMAND, Optional.empty(), new Waiter());
        producer.completeNext();
        assertThat(sender.admits()).isTrue();
    }

    private void send(Serializer<dev.standing.avro.CustomerCommand> serializer) {
        sender(serializer).send(COMMAND, Optional.of("trace"), waiter);
    }

    private CommandSender sender(Serializer<dev.standing.avro.CustomerCommand> serializer) {
        return new CommandSender(producer, serializer, "commands", "instance", Clock.systemUTC());
    }

    /** As from the producer's own thread. */
    private void failElsewhere(RuntimeException failure) throws InterruptedException {
        Thread thread = new Thread(() -> producer.errorNext(failure));
        thread.start();
        thread.join();
    }
}
