package dev.standing.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class AdmittedStreamTest {

    private final List<String> written = new ArrayList<>();
    private final AtomicLong clock = new AtomicLong();
    private CompletableFuture<Boolean> admitted = CompletableFuture.completedFuture(true);
    private int asked;

    private final OpenStream stream = new AdmittedStream(
            new OpenStream() {
                @Override
                public boolean write(String text) {
                    return written.add(text);
                }

                @Override
                public boolean isWritable(Runnable whenItIs) {
                    return true;
                }

                @Override
                public void end() {
                    written.add("end");
                }

                @Override
                public void whenEnded(Runnable action) {}
            },
            () -> {
                asked++;
                return admitted;
            },
            clock::get);

    @Test
    void whoIsAdmittedGoesOnAndIsAskedOnceInAWhile() {
        stream.write("1");
        pass(Duration.ofSeconds(5));
        stream.write("2");
        stream.write("3");

        assertThat(written).containsExactly("1", "2", "3");
        assertThat(asked).isEqualTo(1);
    }

    @Test
    void whoIsAdmittedNoLongerGetsNothingMore() {
        stream.write("1");
        admitted = CompletableFuture.completedFuture(false);
        pass(Duration.ofSeconds(5));

        assertThat(stream.write("2")).isFalse();
        assertThat(written).containsExactly("1", "end");
    }

    @Test
    void aDecisionThatTakesItsTimeEndsTheStreamWhenItIsThere() {
        admitted = new CompletableFuture<>();
        pass(Duration.ofSeconds(5));
        stream.write("1");

        admitted.complete(false);

        assertThat(written).containsExactly("1", "end");
    }

    private void pass(Duration time) {
        clock.addAndGet(time.toNanos());
    }
}
