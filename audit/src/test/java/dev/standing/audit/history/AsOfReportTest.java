package dev.standing.audit.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.standing.audit.history.KeyedRecord.Unreadable;
import dev.standing.audit.log.Place;
import dev.standing.domain.history.PointInTime;
import dev.standing.domain.policy.PolicyFile;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Where one customer stood, as it is told. */
class AsOfReportTest {

    private static final Instant CLOCK = Instant.parse("2026-12-01T00:00:00Z");

    private final PaperLife life = PaperLife.lived(false);

    @Test
    void aStateIsToldToPeopleInTheseWords() {
        AsOfReport report = report("2026-01-20T00:00:00Z", "2026-02-01T00:00:00Z");

        Golden.assertMatches("as-of.txt", String.join("\n", report.text()) + "\n");
    }

    @Test
    void aStateIsToldToMachinesInTheseBytes() {
        AsOfReport report = report("2026-01-20T00:00:00Z", "2026-02-01T00:00:00Z");

        Golden.assertMatches("as-of.json", report.json().toPrettyString().replace("\r\n", "\n") + "\n");
    }

    @Test
    void whatIsSettledForTheAnswerIsSaidToBeRecordedNowhere() {
        List<KeyedRecord> planned = life.records().subList(0, 9);

        AsOfReport report = report(planned, PointInTime.NOW);

        Golden.assertMatches("as-of-settled.txt", String.join("\n", report.text()) + "\n");
        assertThat(report.json().at("/decidedBy/recorded").booleanValue()).isFalse();
        assertThat(report.json().at("/decidedBy/offset").isNull()).isTrue();
    }

    @Test
    void aCustomerThatWasNotKnownYetIsSaidToBeSo() {
        AsOfReport report = report("2026-01-20T00:00:00Z", "2026-01-01T00:00:00Z");

        assertThat(report.isFound()).isFalse();
        assertThat(report.text()).containsExactly("Customer c-1 was not known yet at 2026-01-01T00:00:00Z");
    }

    @Test
    void whatStillHoldsIsToldWithAWarning() {
        List<KeyedRecord> records = new ArrayList<>(life.records());
        records.add(new Unreadable("c-1", new Place(0, 99), "it has no value", CLOCK.minusSeconds(60)));
        PointInTime point = point("2026-01-20T00:00:00Z", "2026-02-01T00:00:00Z");

        AsOfReport report = report(records, point);

        assertThat(report.isFound()).isTrue();
        assertThat(report.isSound()).isFalse();
        assertThat(report.text()).isEqualTo(report(life.records(), point).text());
        assertThat(report.problem())
                .containsExactly(
                        "Warning: a later record of customer c-1 at partition 0, offset 99 does not follow: it has no value.",
                        "    See ./standing audit verify");
        assertThat(report.json().get("answer").textValue()).isEqualTo("HELD");
        assertThat(report.json().at("/problem/offset").longValue()).isEqualTo(99);
        assertThat(report(life.records(), point).isSound()).isTrue();
    }

    @Test
    void aBreakIsToldWithItsPlaceAndWithWhatCanBeDone() {
        List<KeyedRecord> records = new ArrayList<>(life.records());
        records.add(new Unreadable("c-1", new Place(0, 99), "it has no value", CLOCK));

        AsOfReport report = report(records, PointInTime.NOW);

        assertThat(report.text()).isEmpty();
        assertThat(String.join(" ", report.problem()))
                .contains("partition 0, offset 99 does not follow: it has no value", "--until 0:99");
        assertThat(report.json().get("answer").textValue()).isEqualTo("BROKEN");
    }

    @Test
    void theTimeOfAskingIsToldOnlyWhereTheAnswerDependsOnIt() {
        assertThat(report("2026-01-20T00:00:00Z", "2026-02-01T00:00:00Z")
                        .json()
                        .get("askedAt")
                        .isNull())
                .isTrue();
        assertThat(report(life.records(), PointInTime.NOW).json().get("askedAt").textValue())
                .isEqualTo(CLOCK.toString());
    }

    private AsOfReport report(String valid, String known) {
        return report(life.records(), point(valid, known));
    }

    private static PointInTime point(String valid, String known) {
        return new PointInTime(Optional.of(Instant.parse(valid)), Optional.of(Instant.parse(known)));
    }

    private static AsOfReport report(List<KeyedRecord> records, PointInTime point) {
        AllAsOf asOf = new AllAsOf(PolicyFile.packagedDefault(), point, CLOCK, 1);
        return new AsOfReport(asOf.one(records).orElseThrow(), point, CLOCK);
    }
}
