package dev.standing.local.cli;

import dev.standing.audit.log.AuditLog;
import dev.standing.audit.log.Progress;
import dev.standing.audit.whatif.WhatIf;
import dev.standing.audit.whatif.WhatIfReport;
import dev.standing.domain.policy.Policy;
import dev.standing.domain.policy.PolicyFile;
import dev.standing.local.console.Console;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code standing audit what-if}. */
@Command(
        name = "what-if",
        sortOptions = false,
        description = "Decides the recorded commands again under another policy, and tells what would have come out"
                + " otherwise. A range is one of commands; what was before it stays as it was. Whether a request had"
                + " been seen before, whose an externalId was, and whether a version was the latest, is taken as"
                + " recorded. Ends with status 0 when the comparison could be made, whatever it shows.")
final class AuditWhatIfCommand implements Callable<Integer> {

    private final Console console;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--policy",
            paramLabel = "FILE",
            required = true,
            description = "The other policy: a file, or default or strict for one that is packaged.")
    private String policy;

    @Option(
            names = "--most-customers",
            paramLabel = "N",
            defaultValue = "100",
            description = "How many customers are listed at most (default: ${DEFAULT-VALUE}).")
    private int mostCustomers;

    @Option(names = "--expect-same", description = "End with status 1 if anything would have come out otherwise.")
    private boolean expectSame;

    @Mixin
    private RangeOptions part;

    @Mixin
    private final AuditOptions options;

    AuditWhatIfCommand(Console console) {
        this.console = console;
        this.options = new AuditOptions(console);
    }

    @Override
    public Integer call() {
        if (mostCustomers < 1) {
            throw new ParameterException(spec.commandLine(), "--most-customers must be at least 1");
        }
        WhatIf whatIf = new WhatIf(read(policy), mostCustomers);
        WhatIfReport report;
        try (AuditLog log = options.open();
                Progress progress = options.progress()) {
            report = whatIf.of(log, part.range(), options.threads(), progress);
        }
        if (options.json()) {
            options.print(report.toJson());
        } else {
            report.text().forEach(console::line);
        }
        return expectSame && !report.isSame() ? ExitStatus.FAILED : ExitStatus.OK;
    }

    /** A file of such a name is found as {@code ./strict}. */
    private static Policy read(String policy) {
        return switch (policy) {
            case "default" -> PolicyFile.packagedDefault();
            case "strict" -> PolicyFile.packagedStrict();
            default -> PolicyFile.read(Path.of(policy));
        };
    }
}
