package dev.standing.serde;

import static org.assertj.core.api.Assertions.assertThat;

import dev.standing.SampleRecords;
import dev.standing.avro.Customer;
import dev.standing.avro.CustomerState;
import dev.standing.avro.Subordinate;
import dev.standing.avro.SubordinateType;
import org.apache.avro.util.ClassSecurityValidator;
import org.apache.avro.util.ClassSecurityValidator.ClassSecurityPredicate;
import org.junit.jupiter.api.Test;

class GeneratedClassesTest {

    @Test
    void needsNoTrustToReadRecordsWithRecordsInThem() {
        ClassSecurityPredicate before = ClassSecurityValidator.getGlobal();
        ClassSecurityValidator.setGlobal(type -> false);
        try {
            AvroPayload<Customer> payload = new AvroPayload<>(Customer.class);

            assertThat(payload.decode(payload.encode(SampleRecords.customer()), payload.schema()))
                    .isEqualTo(SampleRecords.customer());
        } finally {
            ClassSecurityValidator.setGlobal(before);
        }
    }

    @Test
    void letsBuildersFillInDefaultsAndTrustsNothingElse() {
        GeneratedClasses.trust();
        GeneratedClasses.trust();

        assertThat(Subordinate.newBuilder()
                        .setType(SubordinateType.ACCOUNT)
                        .setId("a-1")
                        .build()
                        .getState())
                .isEqualTo(CustomerState.ACTIVE);
        assertThat(ClassSecurityValidator.getGlobal().isTrusted(String.class)).isTrue();
        assertThat(ClassSecurityValidator.getGlobal().isTrusted(Runtime.class)).isFalse();
        assertThat(ClassSecurityValidator.getGlobal().isTrusted(GeneratedClasses.class))
                .isFalse();
    }
}
