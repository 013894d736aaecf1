package dev.standing.processor.metrics;

/** The metrics of a processor by their names, which {@code docs/metrics.md} explains. Prometheus has them with underscores. */
enum ProcessorMetric {
    COMMANDS("standing.commands", "Commands that were decided, by result"),
    COMMAND_PROCESSING("standing.command.processing", "From reading one command to writing what follows"),
    COMMAND_AGE("standing.command.age", "From a command's place in the log to its decision"),
    PLANNED_CHANGES("standing.planned.changes", "Changes that are planned in the tasks of this process; an estimate"),
    DUE_LATENESS_APPLIED("standing.due.lateness.applied", "How late what is due was applied"),
    DUE_LATENESS("standing.due.lateness", "How long the oldest due change has been waiting to be applied"),
    DUE_BACKLOG("standing.due.backlog", "Due changes that are not applied yet"),
    CASCADES_OPEN("standing.cascades.open", "Cascades that are not finished"),
    CASCADE_AGE("standing.cascade.age", "How long ago the oldest open cascade began"),
    SUBORDINATE_UPDATES("standing.subordinate.updates", "Subordinates that cascades came to"),
    DEAD_LETTERS("standing.dead.letters", "Records that went to the dead letters"),
    RESTORE_RECORDS("standing.restore.records", "Records that were restored into stores"),
    RESTORE_REMAINING("standing.restore.remaining", "Records that are left to restore"),
    STORE_MEMORY_USED("standing.store.memory.used", "Native memory that the stores use"),
    READY("standing.ready", "1 if it can process and answer now, otherwise 0");

    private final String label;
    private final String description;

    ProcessorMetric(String label, String description) {
        this.label = label;
        this.description = description;
    }

    /** Its name, with dots. */
    String label() {
        return label;
    }

    /** What it is, in one line. */
    String description() {
        return description;
    }
}
