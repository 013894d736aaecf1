package dev.standing.gateway.metrics;

/** The metrics of a gateway by their names, which {@code docs/metrics.md} explains. Prometheus has them with underscores. */
enum GatewayMetric {
    HTTP_REQUESTS("standing.http.requests", "Requests that were answered"),
    COMMAND_ANSWER("standing.command.answer", "From sending a command to its result"),
    WAITING("standing.waiting", "Requests that wait for the results of their commands"),
    FOLLOWERS("standing.feed.followers", "Clients that follow the live feed"),
    ACCESS("standing.access", "Requests and calls by whether they were let in"),
    BODY_MEMORY("standing.body.memory", "Bytes that bodies of requests hold");

    private final String label;
    private final String description;

    GatewayMetric(String label, String description) {
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
