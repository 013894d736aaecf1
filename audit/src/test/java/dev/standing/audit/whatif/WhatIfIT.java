package dev.standing.audit.whatif;

import static org.assertj.core.api.Assertions.assertThat;

import dev.standing.audit.log.AuditLog;
import dev.standing.audit.log.Bound;
import dev.standing.audit.log.Progress;
import dev.standing.audit.log.Range;
import dev.standing.audit.testing.PaperLog;
import dev.standing.audit.testing.PaperTopic;
import dev.standing.domain.policy.PolicyFile;
import dev.standing.service.settings.ConnectionSettings;
import dev.standing.testing.OnAnyPlatform;
import dev.standing.testing.TestPlatform;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

@OnAnyPlatform
class WhatIfIT {

    private static final PaperLog PAPER = PaperLog.of(3);

    private static TestPlatform platform;
    private static ConnectionSettings connection;

    @BeforeAll
    static void start() {
        platform = TestPlatform.start();
        connection = PAPER.connection(platform.bootstrapServers(), platform.registryUrl(), platform.topicPrefix());
        PAPER.writeTo(connection);
    }

    @AfterAll
    static void stop() {
        platform.close();
    }

    @Test
    void underThePolicyInForceNothingDiffers() {
        try (AuditLog log = AuditLog.open(connection)) {
            WhatIfReport report = new WhatIf(PaperLog.policy(), 100).of(log, Range.ALL, 2, Progress.NONE);

            assertThat(report.isSame()).as("%s", report.text()).isTrue();
            assertThat(report.totals().commands())
                    .isEqualTo(PAPER.partitions().stream()
                            .mapToInt(partition -> partition.results().size())
                            .sum());
            assertThat(report.leftOut().untold()).isZero();
            assertThat(report.leftOut().unreadableExamples())
                    .isNotEmpty()
                    .allMatch(record -> record.topic().equals(platform.topicPrefix() + "commands"));
            assertThat(report.leftOut().unreadable())
                    .isPositive()
                    .isEqualTo(PAPER.records().stream()
                            .filter(record -> record.topic() == PaperTopic.COMMANDS && !record.framed())
                            .count());
        }
    }

    @Test
    void theSameAnswerComesWithAnyNumberOfThreads() {
        try (AuditLog log = AuditLog.open(connection)) {
            WhatIf strict = new WhatIf(PolicyFile.packagedStrict(), 100);

            WhatIfReport one = strict.of(log, Range.ALL, 1, Progress.NONE);
            WhatIfReport three = strict.of(log, Range.ALL, 3, Progress.NONE);

            assertThat(one.isSame()).isFalse();
            assertThat(three.toJson().toString()).isEqualTo(one.toJson().toString());
            assertThat(three.text()).isEqualTo(one.text());
        }
    }

    @Test
    void theRangeIsThatOfTheCommands() {
        try (AuditLog log = AuditLog.open(connection)) {
            Range range = new Range(new Bound.AtOffset(5), new Bound.AtOffset(15));

            WhatIfReport report = new WhatIf(PaperLog.policy(), 100).of(log, range, 1, Progress.NONE);

            assertThat(report.isSame()).as("%s", report.text()).isTrue();
            assertThat(report.totals().commands()
                            + report.leftOut().undecided()
                            + report.leftOut().unreadable())
                    .isEqualTo(30);
        }
    }
}
