package dev.standing.serde;

import dev.standing.avro.CommandResult;
import dev.standing.avro.Customer;
import dev.standing.avro.ExternalIdClaim;
import dev.standing.avro.internal.ClaimAnswer;
import dev.standing.avro.internal.ClaimRequest;
import dev.standing.avro.internal.WaitingCommand;
import dev.standing.avro.store.AgendaEntry;
import dev.standing.avro.store.KeptSubordinate;
import dev.standing.avro.store.ListedSubordinate;
import dev.standing.avro.store.OpenCascade;
import dev.standing.avro.store.ParkedCommand;
import dev.standing.avro.store.RecordedEvent;
import dev.standing.avro.store.RememberedRequest;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;

/**
 * The generated classes whose values are kept in stores and internal topics. {@link StoreCodec} takes no other, so that none escapes the build's
 * check that a release reads what those before it kept.
 */
public final class StoredValues {

    private static final List<Class<? extends SpecificRecord>> TYPES = List.of(
            AgendaEntry.class,
            ClaimAnswer.class,
            ClaimRequest.class,
            CommandResult.class,
            Customer.class,
            ExternalIdClaim.class,
            KeptSubordinate.class,
            ListedSubordinate.class,
            OpenCascade.class,
            ParkedCommand.class,
            RecordedEvent.class,
            RememberedRequest.class,
            WaitingCommand.class);

    private StoredValues() {}

    /**
     * All of them.
     *
     * @return unmodifiable
     */
    public static List<Class<? extends SpecificRecord>> types() {
        return TYPES;
    }
}
