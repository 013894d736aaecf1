package dev.standing.audit.export;

import dev.standing.audit.history.AsOfAnswer;
import dev.standing.audit.history.PartitionAsOf;
import dev.standing.audit.log.Place;
import dev.standing.audit.table.SpillingTable;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Iterator;
import java.util.Locale;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.apache.avro.generic.GenericRecord;

/**
 * Where the customers of one partition stood, by the date of the deciding event and then by customerId; before them, the
 * customers' records that do not follow or belong elsewhere. For one thread.
 */
final class DatedAnswers implements Rows<GenericRecord> {

    private static final int MOST_IN_MEMORY = 50_000;
    /** Makes the number of any day positive, so that days sort as text. */
    private static final long BEFORE_ALL_DAYS = 1_000_000_000_000L;

    private final StateShape shape;
    private final PartitionAsOf partition;
    private final SpillingTable<GenericRecord> byDate;
    private final PartitionAsOf.Answers answers;
    private final SpillingTable.Entries<GenericRecord> dated;
    private final Iterator<Row<GenericRecord>> broken;

    /** Takes over the partition, and closes it. */
    DatedAnswers(StateShape shape, PartitionAsOf partition) {
        this.shape = shape;
        this.partition = partition;
        this.byDate = new SpillingTable<>(new RowEncoding(shape.schema()), MOST_IN_MEMORY);
        sort();
        this.dated = byDate.entries();
        this.answers = partition.answers();
        this.broken = new BrokenCustomers(answers);
    }

    private void sort() {
        try (PartitionAsOf.Answers all = partition.answers()) {
            while (all.hasNext()) {
                all.next().held().ifPresent(held -> {
                    GenericRecord row = StateShape.row(held);
                    byDate.put(key(row, held.customerId()), row);
                });
            }
        }
    }

    private String key(GenericRecord row, String customerId) {
        long day = LocalDate.ofInstant(shape.recordedAt(row), ZoneOffset.UTC).toEpochDay();
        return String.format(Locale.ROOT, "%013d/%s", day + BEFORE_ALL_DAYS, customerId);
    }

    @Override
    public boolean hasNext() {
        return broken.hasNext() || dated.hasNext();
    }

    @Override
    public Row<GenericRecord> next() {
        if (broken.hasNext()) {
            return broken.next();
        }
        GenericRecord row = dated.next().getValue();
        return new Row.Whole<>(shape.place(row), row);
    }

    @Override
    public void close() {
        dated.close();
        answers.close();
        byDate.close();
        partition.close();
    }

    /** The customers whose events do not follow each other. */
    private static final class BrokenCustomers implements Iterator<Row<GenericRecord>> {

        private final Iterator<AsOfAnswer> answers;
        private Optional<Row<GenericRecord>> ahead = Optional.empty();

        BrokenCustomers(Iterator<AsOfAnswer> answers) {
            this.answers = answers;
        }

        @Override
        public boolean hasNext() {
            while (ahead.isEmpty() && answers.hasNext()) {
                ahead = row(answers.next());
            }
            return ahead.isPresent();
        }

        @Override
        public Row<GenericRecord> next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            Row<GenericRecord> row = ahead.orElseThrow();
            ahead = Optional.empty();
            return row;
        }

        private static Optional<Row<GenericRecord>> row(AsOfAnswer answer) {
            if (answer instanceof AsOfAnswer.BrokenCustomer broken) {
                return Optional.of(row(broken.customerId(), broken.place(), broken.why()));
            }
            if (answer instanceof AsOfAnswer.BrokenLater later) {
                return row(later.broken());
            }
            return answer instanceof AsOfAnswer.AstrayRecord astray
                    ? Optional.of(row(astray.customerId(), astray.place(), astray.why()))
                    : Optional.empty();
        }

        private static Row<GenericRecord> row(String customerId, Place place, String why) {
            return new Row.Broken<>(place, "Customer " + customerId + ": " + why);
        }
    }
}
