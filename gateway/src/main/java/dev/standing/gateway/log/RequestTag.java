package dev.standing.gateway.log;

import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.slf4j.MDC;

/**
 * The id of the HTTP request that a thread works for. Every line of the log shows it ({@code %X{request}} of the logging
 * pattern), and so does the answer. It belongs to the thread: what goes on elsewhere has to {@code carry} it.
 */
public final class RequestTag {

    /** The header that gives the id, and answers it. */
    public static final String HEADER = "X-Request-Id";

    private static final String KEY = "request";
    private static final Pattern WELL_FORMED = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    private RequestTag() {}

    /** The id that a client gives, if it is well formed and can do no harm in a log; otherwise a new one. */
    public static String of(Optional<String> given) {
        return given.filter(id -> WELL_FORMED.matcher(id).matches())
                .orElseGet(() -> UUID.randomUUID().toString().replace("-", "").substring(16));
    }

    /** The id that this thread works for; empty: none. */
    public static Optional<String> current() {
        return Optional.ofNullable(MDC.get(KEY));
    }

    /** From now on this thread works for the request of this id; empty: for none. */
    public static void set(Optional<String> id) {
        id.ifPresentOrElse(present -> MDC.put(KEY, present), () -> MDC.remove(KEY));
    }

    /** Has an action work for the request of this id; what was before goes on afterwards. */
    public static <T> T within(Optional<String> id, Supplier<T> action) {
        Optional<String> before = current();
        set(id);
        try {
            return action.get();
        } finally {
            set(before);
        }
    }

    /** As {@link #within}, for an action without a result. */
    public static void during(Optional<String> id, Runnable action) {
        within(id, () -> {
            action.run();
            return id;
        });
    }

    /** The same function, which works for the request of this thread wherever it is called. */
    public static <A, B> Function<A, B> carry(Function<A, B> function) {
        Optional<String> id = current();
        return argument -> within(id, () -> function.apply(argument));
    }
}
