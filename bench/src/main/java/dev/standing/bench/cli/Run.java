package dev.standing.bench.cli;

import dev.standing.bench.platform.RunOptions;
import dev.standing.bench.platform.TestBed;
import dev.standing.bench.report.Environment;
import dev.standing.bench.report.Progress;
import dev.standing.bench.report.Report;
import dev.standing.bench.report.ReportJson;
import dev.standing.bench.report.ReportText;
import dev.standing.bench.scenario.Scenario;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options of every scenario, and one run. */
final class Run {

    @Option(names = "--partitions", paramLabel = "N", defaultValue = "12", description = "Partitions of every topic.")
    private int partitions;

    @Option(names = "--threads", paramLabel = "N", defaultValue = "2", description = "Stream threads.")
    private int threads;

    @Option(
            names = "--set",
            paramLabel = "NAME=VALUE",
            description = "A setting of the processor, such as processor.streams.commit.interval.ms=100.")
    private Map<String, String> settings = new LinkedHashMap<>();

    @Option(names = "--json", paramLabel = "FILE", description = "Write the results to FILE, too, as JSON.")
    private Optional<Path> json;

    @Option(names = "--markdown", description = "Print the results as Markdown.")
    private boolean markdown;

    /** Measures, and prints. The status to end with. */
    int of(Scenario scenario, PrintStream out, PrintStream err) {
        Progress progress = new Progress(err);
        Map<String, String> environment = Environment.current();
        RunOptions options = new RunOptions(partitions, threads, settings);
        progress.line("Starting a broker, a registry and a processor");
        Report report;
        try (TestBed bed = TestBed.start(options)) {
            report = new Report(
                    scenario.name(), settingsOf(scenario, options), environment, scenario.measure(bed, progress));
            progress.line("Stopping");
        }
        out.print(markdown ? ReportText.markdown(report) : ReportText.plain(report));
        out.flush();
        json.ifPresent(file -> ReportJson.write(report, file));
        return 0;
    }

    private static Map<String, String> settingsOf(Scenario scenario, RunOptions options) {
        Map<String, String> all = new LinkedHashMap<>(scenario.settings());
        all.put("partitions", Integer.toString(options.partitions()));
        all.put("threads", Integer.toString(options.threads()));
        all.putAll(options.settings());
        return all;
    }
}
