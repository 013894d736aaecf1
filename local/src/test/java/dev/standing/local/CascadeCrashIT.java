package dev.standing.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.standing.avro.CascadeCompleted;
import dev.standing.avro.ChangeState;
import dev.standing.avro.CommandResult;
import dev.standing.avro.CommandType;
import dev.standing.avro.CustomerCommand;
import dev.standing.avro.CustomerEvent;
import dev.standing.avro.CustomerState;
import dev.standing.avro.RegisterCustomer;
import dev.standing.avro.RegisterSubordinates;
import dev.standing.avro.ResultStatus;
import dev.standing.avro.Subordinate;
import dev.standing.avro.SubordinateRef;
import dev.standing.avro.SubordinateType;
import dev.standing.avro.SubordinateUpdate;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A change on its way to many subordinates, of a processor that is killed under way, reaches each of them once. */
class CascadeCrashIT {

    private static final int PER_COMMAND = 1_000;
    private static final int COMMANDS = 30;
    private static final int ALL = PER_COMMAND * COMMANDS;
    private static final int KILLS = 3;
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @TempDir
    private Path directory;

    private CrashSite site;

    @BeforeEach
    void start() {
        site = CrashSite.in(directory);
    }

    @AfterEach
    void stop() {
        site.close();
    }

    @Test
    void everySubordinateIsUpdatedOnceThoughTheProcessorIsKilledUnderWay() throws Exception {
        site.send(registration("big"));
        site.send(registration("other"));
        for (int command = 0; command < COMMANDS; command++) {
            site.send(subordinates(command));
        }
        site.send(cascade("big", "suspension", CustomerState.SUSPENDED, "fraud"));
        site.send(cascade("big", "block", CustomerState.BLOCKED, "fraud"));
        site.flush();

        int sent = COMMANDS + 4;
        int reached = 0;
        for (int kill = 0; kill < KILLS; kill++) {
            reached = goOnAndKill(reached, kill);
            assertThat(reached).as("updates when it was killed").isLessThan(2 * ALL);
        }
        try (LocalProcess processor = site.processor()) {
            await().atMost(PATIENCE).until(() -> completed().size() == 2);
            processor.interrupt();
            assertThat(processor.awaitExit()).as(processor.output()).isZero();
        }

        assertThat(results()).hasSize(sent + KILLS).allMatch(result -> result.getStatus() != ResultStatus.REJECTED);
        assertThat(completed())
                .containsExactly(
                        new CascadeCompleted(ALL + 2L, null, (long) ALL, 0L),
                        new CascadeCompleted(ALL + 3L, null, (long) ALL, 0L));
        List<SubordinateUpdate> updates = updates();
        assertThat(updates.stream().map(SubordinateUpdate::getUpdateId).distinct())
                .hasSize(2 * ALL);
        assertThat(updates).hasSize(2 * ALL);
        assertThat(updates).extracting(SubordinateUpdate::getCauseSequence).isSorted();
        assertParentsFirst(updates.subList(0, ALL));
        assertParentsFirst(updates.subList(ALL, 2 * ALL));
    }

    /** A processor goes on with the cascade, answers another customer meanwhile, and is killed. */
    private int goOnAndKill(int reachedBefore, int kill) throws Exception {
        int answeredBefore = site.read(site.topics().results()).size();
        try (LocalProcess processor = site.processor()) {
            await().atMost(PATIENCE).pollInterval(Duration.ofMillis(50)).until(() -> reached() > reachedBefore);
            site.send(
                    change("other", "meanwhile-" + kill, kill % 2 == 0 ? CustomerState.DORMANT : CustomerState.ACTIVE));
            site.flush();
            await().atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(50))
                    .until(() -> site.read(site.topics().results()).size() > answeredBefore);
            processor.kill();
        }
        return reached();
    }

    private static void assertParentsFirst(List<SubordinateUpdate> updates) {
        Set<String> reached = new HashSet<>();
        for (SubordinateUpdate update : updates) {
            assertThat(update.getParent().map(SubordinateRef::getId).filter(parent -> !reached.contains(parent)))
                    .as("parent of %s that was not reached before", update.getId())
                    .isEmpty();
            reached.add(update.getId());
        }
    }

    private List<CommandResult> results() {
        return site.values(site.topics().results(), CommandResult.class);
    }

    private List<SubordinateUpdate> updates() {
        return site.values(site.topics().subordinateUpdates(), SubordinateUpdate.class);
    }

    private int reached() {
        return site.read(site.topics().subordinateUpdates()).size();
    }

    private List<CascadeCompleted> completed() {
        return site.values(site.topics().events(), CustomerEvent.class).stream()
                .flatMap(event -> event.getCascadeCompleted().stream())
                .toList();
    }

    /** An account with subscribers, half of which have a subscription each. */
    private static CustomerCommand subordinates(int number) {
        List<Subordinate> subordinates = new ArrayList<>();
        Subordinate account = subordinate(SubordinateType.ACCOUNT, "account-" + number, null);
        subordinates.add(account);
        for (int i = 1; i < PER_COMMAND; i++) {
            String id = number + "-" + i;
            subordinates.add(
                    i % 3 == 2
                            ? subordinate(
                                    SubordinateType.SUBSCRIPTION,
                                    "subscription-" + id,
                                    new SubordinateRef(
                                            SubordinateType.SUBSCRIBER, "subscriber-" + number + "-" + (i - 1)))
                            : subordinate(
                                    SubordinateType.SUBSCRIBER,
                                    "subscriber-" + id,
                                    new SubordinateRef(SubordinateType.ACCOUNT, account.getId())));
        }
        return command("big", "subordinates-" + number)
                .setType(CommandType.REGISTER_SUBORDINATES)
                .setRegisterSubordinates(new RegisterSubordinates(subordinates))
                .build();
    }

    private static Subordinate subordinate(SubordinateType type, String id, SubordinateRef parent) {
        return Subordinate.newBuilder()
                .setType(type)
                .setId(id)
                .setParent(parent)
                .build();
    }

    private static CustomerCommand registration(String customerId) {
        return command(customerId, "registration")
                .setType(CommandType.REGISTER_CUSTOMER)
                .setRegisterCustomer(RegisterCustomer.newBuilder().build())
                .build();
    }

    private static CustomerCommand cascade(String customerId, String requestId, CustomerState state, String reason) {
        return command(customerId, requestId)
                .setType(CommandType.CHANGE_STATE)
                .setChangeState(ChangeState.newBuilder()
                        .setState(state)
                        .setStateReason(reason)
                        .setSubordinateUpdated(true)
                        .build())
                .build();
    }

    private static CustomerCommand change(String customerId, String requestId, CustomerState state) {
        return command(customerId, requestId)
                .setType(CommandType.CHANGE_STATE)
                .setChangeState(ChangeState.newBuilder()
                        .setState(state)
                        .setDefaultReason(true)
                        .build())
                .build();
    }

    private static CustomerCommand.Builder command(String customerId, String requestId) {
        return CustomerCommand.newBuilder()
                .setCommandId(customerId + "-" + requestId)
                .setCustomerId(customerId)
                .setRequestId(requestId)
                .setSource("test");
    }
}
