package dev.standing.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.standing.SampleRecords;
import dev.standing.avro.Customer;
import dev.standing.avro.CustomerCommand;
import dev.standing.avro.CustomerState;
import dev.standing.avro.ExternalIdClaim;
import dev.standing.avro.Subordinate;
import dev.standing.avro.SubordinateType;
import java.time.Instant;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AvroPayloadTest {

    private static final AvroPayload<ExternalIdClaim> CLAIMS = new AvroPayload<>(ExternalIdClaim.class);

    static Stream<SpecificRecord> samples() {
        return SampleRecords.all().stream();
    }

    @ParameterizedTest
    @MethodSource("samples")
    @SuppressWarnings("unchecked")
    void readsWhatItWrote(SpecificRecord record) {
        AvroPayload<SpecificRecord> payload = new AvroPayload<>((Class<SpecificRecord>) record.getClass());

        byte[] bytes = payload.encode(record);

        assertThat(payload.decode(bytes, record.getSchema())).isEqualTo(record).isNotSameAs(record);
        assertThat(payload.encode(record)).isEqualTo(bytes);
    }

    @Test
    void writesBareAvroBinary() {
        ExternalIdClaim claim = new ExternalIdClaim("a", "bc", "", Instant.ofEpochMilli(-1));

        assertThat(HexFormat.of().formatHex(CLAIMS.encode(claim))).isEqualTo("02" + "61" + "04" + "6263" + "00" + "01");
    }

    @Test
    void writesArraysAndMapsAsOneBlockWithoutItsSize() {
        Customer customer = SampleRecords.customer();
        AvroPayload<Customer> payload = new AvroPayload<>(Customer.class);

        String hex = HexFormat.of().formatHex(payload.encode(customer));

        assertThat(hex).contains("04" + "0e" + "7365676d656e74" + "08" + "676f6c64");
    }

    @Test
    void writesTheEntriesOfAMapInTheOrderInWhichItIterates() {
        Map<String, String> reversed = new TreeMap<>(Comparator.reverseOrder());
        reversed.putAll(SampleRecords.attributes());
        Customer one = SampleRecords.customer();
        Customer other = SampleRecords.customer();
        other.put(one.getSchema().getField("attributes").pos(), reversed);
        AvroPayload<Customer> payload = new AvroPayload<>(Customer.class);

        assertThat(other).isEqualTo(one);
        assertThat(payload.encode(other)).isNotEqualTo(payload.encode(one)).hasSameSizeAs(payload.encode(one));
    }

    @Test
    void namesTheFieldThatMayNotBeNull() {
        ExternalIdClaim claim = SampleRecords.claim();
        claim.put("customerId", null);

        assertThatThrownBy(() -> CLAIMS.encode(claim))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("ExternalIdClaim")
                .hasMessageContaining("customerId");
    }

    @Test
    void refusesAnInstantThatMillisecondsCannotHold() {
        ExternalIdClaim claim = SampleRecords.claim();
        claim.put("decidedAt", Instant.MAX);

        assertThatThrownBy(() -> CLAIMS.encode(claim)).isInstanceOf(SerializationException.class);
    }

    @Test
    void isSafeForManyThreads() {
        AvroPayload<Customer> payload = new AvroPayload<>(Customer.class);
        Customer customer = SampleRecords.customer();

        List<Customer> read = IntStream.range(0, 2000)
                .parallel()
                .mapToObj(i -> payload.decode(payload.encode(customer), Customer.getClassSchema()))
                .toList();

        assertThat(read).containsOnly(customer);
    }

    @Test
    void readsWithTheDefaultsOfItsClassWhatAnOlderReleaseWrote() {
        Schema older = Schemas.edited(ExternalIdClaim.getClassSchema(), claim -> claim.remove("commandId"));
        Schema olderCustomer = Schemas.edited(
                Customer.getClassSchema(),
                record -> record.remove("plannedChanges").remove("attributes"));
        AvroPayload<Customer> customers = new AvroPayload<>(Customer.class);

        assertThatThrownBy(() -> CLAIMS.decode(Schemas.encode(older, SampleRecords.claim()), older))
                .as("commandId has no default")
                .isInstanceOf(UndecodableRecordException.class)
                .hasMessageContaining("commandId");
        Customer read = customers.decode(Schemas.encode(olderCustomer, SampleRecords.customer()), olderCustomer);
        assertThat(read.getPlannedChanges()).isEmpty();
        assertThat(read.getAttributes()).isEmpty();
        assertThat(read.getState()).isEqualTo(SampleRecords.customer().getState());
    }

    @Test
    void leavesOutWhatALaterReleaseAdded() {
        Schema later = Schemas.edited(
                ExternalIdClaim.getClassSchema(),
                claim -> claim.addFirst(
                        "extra",
                        "{\"type\":\"map\",\"values\":"
                                + "{\"type\":\"array\",\"items\":{\"type\":\"record\",\"name\":\"E\",\"fields\":["
                                + "{\"name\":\"s\",\"type\":\"string\"},{\"name\":\"b\",\"type\":\"bytes\"},"
                                + "{\"name\":\"d\",\"type\":\"double\"}]}}}"));

        byte[] bytes = Schemas.encode(
                later,
                SampleRecords.claim(),
                Map.of(
                        "extra",
                        Schemas.generic(
                                later,
                                "extra",
                                "{\"k\": [{\"s\": \"one\", \"b\": \"two\", \"d\": 1.5}, {\"s\": \"\", \"b\": \"\", \"d\": 0}]}")));

        assertThat(CLAIMS.decode(bytes, later)).isEqualTo(SampleRecords.claim());
    }

    @Test
    void readsASymbolThatItDoesNotKnowAsUnknown() {
        Schema later = Schemas.edited(
                CustomerCommand.getClassSchema(),
                command -> command.addSymbol("dev.standing.avro.SubordinateType", "DEVICE"));
        CustomerCommand command = SampleRecords.subordinatesCommand();

        byte[] bytes = Schemas.encodeReplacing(later, command, "ACCOUNT", "DEVICE");
        CustomerCommand read = new AvroPayload<>(CustomerCommand.class).decode(bytes, later);

        List<Subordinate> subordinates =
                read.getRegisterSubordinates().orElseThrow().getSubordinates();
        assertThat(subordinates.get(0).getType()).isEqualTo(SubordinateType.UNKNOWN);
        assertThat(subordinates.get(1).getType()).isEqualTo(SubordinateType.SUBSCRIBER);
    }

    /** Avro 1.12.2 by itself takes such a record for a forged one: it holds the writer's bytes against the fields of the reader. */
    @Test
    void readsItemsThatHaveMoreFieldsForTheReaderThanBytes() {
        Schema older = Schemas.edited(
                CustomerCommand.getClassSchema(),
                command -> command.type("dev.standing.avro.Subordinate")
                        .remove("parent")
                        .remove("state")
                        .remove("stateReason"));
        List<Subordinate> many = IntStream.range(0, 1000)
                .mapToObj(i -> new Subordinate(SubordinateType.ACCOUNT, "", null, CustomerState.ACTIVE, null))
                .toList();
        CustomerCommand command = SampleRecords.subordinatesCommand(many);

        CustomerCommand read = new AvroPayload<>(CustomerCommand.class).decode(Schemas.encode(older, command), older);

        assertThat(read).isEqualTo(command);
    }

    @Test
    void readsWhatWasWrittenWithTheSameSchemaByOthers() {
        Schema plain = new Schema.Parser()
                .parse(Customer.getClassSchema().toString().replace(",\"avro.java.string\":\"String\"", ""));

        Customer read = new AvroPayload<>(Customer.class)
                .decode(new AvroPayload<>(Customer.class).encode(SampleRecords.customer()), plain);

        assertThat(read).isEqualTo(SampleRecords.customer());
    }
}
