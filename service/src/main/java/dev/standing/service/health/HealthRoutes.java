package dev.standing.service.health;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * {@code GET /health/live}: 200 while the process answers at all; {@code GET /health/ready}: 200 if it can do its work
 * now, otherwise 503 with the reasons.
 */
public final class HealthRoutes {

    private static final ObjectMapper JSON = new ObjectMapper();

    private HealthRoutes() {}

    /**
     * Adds the routes.
     *
     * @param obstacles what keeps the service from doing its work, for people; empty: nothing. Called by many threads
     */
    public static void add(JavalinConfig config, Supplier<List<String>> obstacles) {
        get(config, "/health/live", context -> answer(context, 200, List.of()));
        get(config, "/health/ready", context -> {
            List<String> reasons = obstacles.get();
            answer(context, reasons.isEmpty() ? 200 : 503, reasons);
        });
    }

    /** HEAD as well: otherwise Javalin answers it, with 200 and without asking. */
    private static void get(JavalinConfig config, String path, Handler handler) {
        config.routes.get(path, handler);
        config.routes.head(path, handler);
    }

    private static void answer(Context context, int status, List<String> reasons) throws JsonProcessingException {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("status", status == 200 ? "UP" : "DOWN");
        if (!reasons.isEmpty()) {
            body.put("reasons", reasons);
        }
        context.status(status)
                .contentType("application/json")
                .header("Cache-Control", "no-store")
                .result(JSON.writeValueAsBytes(body));
    }
}
