package dev.standing.audit.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.standing.audit.history.KeyedRecord.Decoded;
import dev.standing.audit.history.KeyedRecord.Unreadable;
import dev.standing.audit.history.TimelineEntry.OfEvent;
import dev.standing.audit.history.TimelineEntry.OfRequest;
import dev.standing.audit.log.LoggedEvent;
import dev.standing.audit.log.Place;
import dev.standing.avro.Sha256;
import dev.standing.domain.decision.Story;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** A life as it is told. */
class TimelineTest {

    private final PaperLife life = PaperLife.lived(false);

    @Test
    void aLifeIsToldToPeopleInTheseWords() {
        Golden.assertMatches(
                "life.txt", String.join("\n", PaperLife.lived(true).timeline().text()) + "\n");
    }

    @Test
    void aLifeIsToldToMachinesInTheseBytes() {
        Golden.assertMatches(
                "life.json",
                PaperLife.lived(true).timeline().json().toPrettyString().replace("\r\n", "\n") + "\n");
    }

    @Test
    void noLineIsWiderThanAPage() {
        assertThat(life.timeline().text()).allMatch(line -> line.length() <= Paragraph.WIDTH);
    }

    @Test
    void updatesAreCountedButNotListedUnlessTheyAreAskedFor() {
        assertThat(life.timeline().text())
                .anyMatch(line -> line.contains("2 updates still there"))
                .noneMatch(line -> line.contains("SUBSCRIBER s-1 SUSPENDED"));
    }

    @Test
    void requestsStandBehindTheEventAfterWhichTheyWereDecided() {
        List<TimelineEntry> entries = life.timeline().entries();

        for (int i = 0; i < entries.size(); i++) {
            if (entries.get(i) instanceof OfRequest request) {
                assertThat(entries.subList(0, i).stream()
                                .filter(OfEvent.class::isInstance)
                                .count())
                        .isEqualTo(request.afterSequence());
            }
        }
        assertThat(life.timeline().count(OfRequest.class)).isEqualTo(6);
    }

    @Test
    void withoutResultsOnlyEventsAreTold() {
        Timeline timeline = Timeline.of(Story.CUSTOMER, life.records(), 0, List.of(), life.updates());

        assertThat(timeline.count(OfRequest.class)).isZero();
        assertThat(timeline.count(OfEvent.class)).isEqualTo(life.records().size());
    }

    @Test
    void aRangeHidesWhatLiesBeforeItButTheChainIsFollowedFromTheFirstEvent() {
        long begin = life.records().get(9).place().offset();

        Timeline timeline = Timeline.of(Story.CUSTOMER, life.records(), begin, life.results(), life.updates());

        assertThat(timeline.isWhole()).isTrue();
        assertThat(((OfEvent) timeline.entries().get(0)).logged().event().getSequence())
                .isEqualTo(10);
        assertThat(timeline.entries().stream()
                        .filter(OfRequest.class::isInstance)
                        .map(OfRequest.class::cast))
                .isNotEmpty()
                .allMatch(request -> request.afterSequence() >= 10);
    }

    @Test
    void whatComesAfterAnEventThatWasWrittenAnewIsBroken() {
        List<KeyedRecord> records = new ArrayList<>(life.records());
        LoggedEvent logged = ((Decoded) records.get(3)).event();
        records.set(3, KeyedRecord.of(new LoggedEvent(logged.place(), logged.event(), new Sha256(new byte[32]))));

        Timeline timeline = Timeline.of(Story.CUSTOMER, records, 0, List.of(), life.updates());

        assertThat(timeline.isWhole()).isFalse();
        assertThat(timeline.entries().stream()
                        .map(OfEvent.class::cast)
                        .filter(event -> event.problem().isPresent())
                        .map(event -> event.logged().event().getSequence()))
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(5, records.size()).boxed().toList());
        assertThat(timeline.lastSequence()).isEqualTo(4);
        assertThat(timeline.text()).anyMatch(line -> line.startsWith("#5 ") && line.endsWith("BROKEN"));
    }

    @Test
    void bytesThatAreNoEventAreToldWithTheirPlace() {
        List<KeyedRecord> records = new ArrayList<>(life.records());
        records.set(2, new Unreadable(Story.CUSTOMER, new Place(0, 4), "too short", Story.NOON));

        Timeline timeline = Timeline.of(Story.CUSTOMER, records, 0, List.of(), life.updates());

        assertThat(timeline.isWhole()).isFalse();
        assertThat(timeline.text()).contains("    why        too short", "    lies       partition 0, offset 4");
    }

    @Test
    void aDoubledEventIsMarkedAndChangesNothingElse() {
        List<KeyedRecord> records = new ArrayList<>(life.records());
        Timeline before = Timeline.of(Story.CUSTOMER, records, 0, life.results(), life.updates());
        LoggedEvent doubled = ((Decoded) records.get(9)).event();
        records.add(KeyedRecord.of(new LoggedEvent(new Place(0, 99), doubled.event(), doubled.hash())));

        Timeline timeline = Timeline.of(Story.CUSTOMER, records, 0, life.results(), life.updates());

        assertThat(timeline.state()).isEqualTo(before.state());
        assertThat(timeline.lastSequence()).isEqualTo(16);
        assertThat(timeline.entries().stream()
                        .filter(entry -> !(entry instanceof OfEvent event
                                && event.problem().isPresent())))
                .containsExactlyElementsOf(before.entries());
        assertThat(timeline.broken()).isEqualTo(1);
        assertThat(String.join(" ", timeline.text()).replaceAll(" +", " "))
                .contains("after event 16, the last that follows: 1 record marked BROKEN below changes nothing");
        assertThat(timeline.json().at("/summary/broken").longValue()).isEqualTo(1);
        assertThat(timeline.json().at("/summary/state").textValue()).isEqualTo("DEACTIVATED");
    }

    @Test
    void anEventBehindOneTooManyFollowsTheOneBeforeThat() {
        List<KeyedRecord> records = new ArrayList<>(life.records());
        records.add(12, records.get(9));

        Timeline timeline = Timeline.of(Story.CUSTOMER, records, 0, List.of(), life.updates());

        assertThat(timeline.broken()).isEqualTo(1);
        assertThat(timeline.lastSequence()).isEqualTo(16);
    }

    @Test
    void aRangeThatEndsEarlyHidesRequestsBehindItsLastEvent() {
        List<KeyedRecord> records = life.records().subList(0, 8);

        List<TimelineEntry> entries = Timeline.of(Story.CUSTOMER, records, 0, true, life.results(), life.updates())
                .entries();

        assertThat(entries.get(entries.size() - 1)).isInstanceOf(OfEvent.class);
        assertThat(entries).hasAtLeastOneElementOfType(OfRequest.class);
        assertThat(Timeline.of(Story.CUSTOMER, records, 0, life.results(), life.updates())
                        .entries())
                .hasSizeGreaterThan(entries.size());
    }

    @Test
    void whatWasNotedCannotSteerATerminal() {
        assertThat(life.timeline().text())
                .noneMatch(line -> line.indexOf('\u001B') >= 0)
                .anyMatch(line -> line.contains("\\u001B[31mred"));
    }
}
