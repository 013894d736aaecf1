package dev.standing.audit.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.standing.audit.history.AsOfAnswer.Nothing;
import dev.standing.audit.history.AsOfAnswer.NothingHeld;
import dev.standing.audit.history.KeyedRecord.Decoded;
import dev.standing.audit.log.Place;
import dev.standing.domain.decision.Story;
import dev.standing.domain.event.Event;
import dev.standing.domain.history.AsOf;
import dev.standing.domain.history.PointInTime;
import dev.standing.domain.history.Standing;
import dev.standing.domain.testing.CommandSequences;
import dev.standing.domain.testing.CommandSequences.Step;
import dev.standing.domain.testing.NamedPolicy;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** What all customers are told to have been, against asking for each alone. */
class AllAsOfPropertyTest {

    private static final int QUESTIONS = 5;

    /** In UTF-8, the last but one comes after the last; in UTF-16 before it. */
    private static final List<String> CUSTOMERS = List.of("c-2", "c-1", "c-10", "\uFF5E", "\uD83D\uDE00");

    private final List<Story> stories = new ArrayList<>();

    @Property(tries = 150)
    void everyAnswerIsThatOfAsOfOverTheCustomersOwnEvents(
            @ForAll NamedPolicy policy,
            @ForAll long seed,
            @ForAll @IntRange(max = 40) int length,
            @ForAll @IntRange(min = 1, max = 6) int mostInMemory) {
        Map<String, List<Event>> customers = histories(policy, seed, length);
        Random random = new Random(seed);
        List<KeyedRecord> records = ChainedEvents.mixed(3, customers, random);
        Instant clock = stories.stream()
                .map(Story::clock)
                .max(Comparator.naturalOrder())
                .orElseThrow();
        AsOf asOf = new AsOf(policy.policy());

        for (int i = 0; i < QUESTIONS; i++) {
            PointInTime point = new PointInTime(instant(random, clock), instant(random, clock));

            List<AsOfAnswer> answers = answers(new AllAsOf(policy.policy(), point, clock, mostInMemory), records);

            assertThat(answers)
                    .as("%s at %s", point, clock)
                    .isEqualTo(customers.entrySet().stream()
                            .filter(entry -> !entry.getValue().isEmpty())
                            .sorted(Comparator.comparing(
                                    entry -> entry.getKey().getBytes(StandardCharsets.UTF_8), Arrays::compareUnsigned))
                            .map(entry -> expected(
                                    entry.getKey(),
                                    entry.getValue(),
                                    asOf.at(point, entry.getValue().iterator(), clock),
                                    point,
                                    records))
                            .toList());
        }
    }

    private static AsOfAnswer expected(
            String customerId,
            List<Event> events,
            Optional<Standing> standing,
            PointInTime point,
            List<KeyedRecord> records) {
        if (standing.isPresent()) {
            return new HeldState(standing.get(), place(standing.get().decidedBy(), records));
        }
        boolean known =
                point.knownAt().filter(events.get(0).recordedAt()::isAfter).isEmpty();
        return new NothingHeld(customerId, known ? Nothing.NO_STATE_THEN : Nothing.UNKNOWN_THEN);
    }

    private static Optional<Place> place(Event event, List<KeyedRecord> records) {
        return records.stream()
                .map(record -> ((Decoded) record).event())
                .filter(logged -> logged.event().getEventId().equals(event.eventId()))
                .map(logged -> logged.place())
                .findFirst();
    }

    private static List<AsOfAnswer> answers(AllAsOf all, List<KeyedRecord> records) {
        List<AsOfAnswer> answers = new ArrayList<>();
        try (PartitionAsOf partition = all.of(records.iterator());
                PartitionAsOf.Answers read = partition.answers()) {
            read.forEachRemaining(answers::add);
        }
        return answers;
    }

    private Map<String, List<Event>> histories(NamedPolicy policy, long seed, int length) {
        stories.clear();
        Map<String, List<Event>> customers = new LinkedHashMap<>();
        for (String customerId : CUSTOMERS) {
            Story story = Story.under(policy.policy());
            CommandSequences sequences = new CommandSequences(List.of(Story.CUSTOMER), Story.NOON, true, true);
            for (Step step : sequences.steps(seed + customers.size(), length)) {
                story.later(step.advance()).decide(step.command());
            }
            stories.add(story);
            customers.put(
                    customerId,
                    story.events().stream()
                            .map(event -> named(customerId, event))
                            .toList());
        }
        return customers;
    }

    private static Event named(String customerId, Event event) {
        return new Event(
                customerId, event.sequence(), event.recordedAt(), event.origin(), event.policyVersion(), event.fact());
    }

    /** Sometimes none; otherwise on the grid of the commands' dates, before, among and after them. */
    private static Optional<Instant> instant(Random random, Instant clock) {
        return random.nextInt(5) == 0
                ? Optional.empty()
                : Optional.of(clock.plus(Duration.ofMinutes(30).multipliedBy(random.nextInt(80) - 65)));
    }
}
