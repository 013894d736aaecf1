package dev.standing.gateway.feed;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/**
 * What every client gets, however partitions are interleaved, whenever clients come, read, break off and come back, to
 * whichever gateway, from whichever of the ids that they got.
 */
class FeedPropertyTest {

    private static final int TRIES = 500;
    private static final int LONGEST = 300;
    private static final int PARTITIONS = 3;
    private static final int GATEWAYS = 2;
    private static final int CLIENTS = 4;
    private static final int CUSTOMERS = 6;
    private static final int MOST_ROUNDS = 1_000;

    @Property(tries = TRIES)
    void everyClientGetsWhatIsItsOwnOnceAndInOrder(
            @ForAll long seed,
            @ForAll @IntRange(max = LONGEST) int steps,
            @ForAll @IntRange(min = 1, max = 40) int recentEvents) {
        World world = new World(new Random(seed), recentEvents);

        for (int i = 0; i < steps; i++) {
            world.step();
        }
        world.settle();

        world.clients.forEach(Client::assertHasItsOwn);
    }

    /** Gateways and clients, of whom any may be next. */
    private static final class World {

        private final Random random;
        private final FakeLog log;
        private final List<HandDrivenFeed> gateways;
        private final List<Client> clients;

        World(Random random, int recentEvents) {
            this.random = random;
            this.log = new FakeLog(PARTITIONS, random);
            this.gateways = IntStream.range(0, GATEWAYS)
                    .mapToObj(i -> new HandDrivenFeed(log, CLIENTS, recentEvents))
                    .toList();
            for (int i = 0; i < random.nextInt(30); i++) {
                write();
            }
            this.clients =
                    IntStream.range(0, CLIENTS).mapToObj(i -> new Client(this)).toList();
        }

        void step() {
            HandDrivenFeed gateway = gateways.get(random.nextInt(GATEWAYS));
            Client client = clients.get(random.nextInt(CLIENTS));
            switch (random.nextInt(16)) {
                case 0, 1, 2, 3 -> write();
                case 4, 5, 6 -> gateway.readNew();
                case 7, 8 -> gateway.readOlder();
                case 9, 10 -> gateway.resume();
                case 11, 12, 13 -> client.read();
                case 14 -> client.comeBack();
                default -> seldom(gateway);
            }
        }

        private void seldom(HandDrivenFeed gateway) {
            switch (random.nextInt(5)) {
                case 0 -> gateway.rest();
                case 1 -> log.setAway(true);
                case 2 -> log.failRenderings(random.nextInt(10));
                default -> log.setAway(false);
            }
        }

        private void write() {
            if (random.nextInt(5) == 0) {
                log.appendMarker(random.nextInt(PARTITIONS));
            } else {
                log.append(anyCustomer());
            }
        }

        String anyCustomer() {
            return "c-" + random.nextInt(CUSTOMERS);
        }

        void settle() {
            log.setAway(false);
            for (int i = 0; i < MOST_ROUNDS && !clients.stream().allMatch(Client::isAtEnd); i++) {
                round();
            }
            round(); // Whatever comes twice has a chance to.
        }

        private void round() {
            clients.forEach(Client::read);
            gateways.forEach(HandDrivenFeed::settle);
        }
    }

    /** A client, which forgets what came after the id that it comes back with. */
    private static final class Client {

        private final World world;
        private final Optional<String> customerId;
        private final List<ServerSentEvents.Event> kept = new ArrayList<>();
        private FeedPosition start;
        private RecordingStream stream;

        Client(World world) {
            this.world = world;
            this.customerId = world.random.nextBoolean() ? Optional.of(world.anyCustomer()) : Optional.empty();
            boolean isFromNow = world.random.nextBoolean();
            connect(isFromNow ? Optional.empty() : Optional.of("earliest"));
            start = FeedPosition.parse(stream.events().ids().get(0), PARTITIONS).orElseThrow();
            assertThat(start).isEqualTo(isFromNow ? world.log.end() : FeedPosition.of(0, 0, 0));
        }

        private void connect(Optional<String> lastEventId) {
            stream = new RecordingStream(1 + world.random.nextInt(6));
            world.gateways.get(world.random.nextInt(GATEWAYS)).follow(stream, lastEventId, customerId);
        }

        void read() {
            stream.read();
        }

        void comeBack() {
            if (world.log.extent().isCompletedExceptionally()) {
                return;
            }
            ServerSentEvents got = stream.events();
            stream.end();
            int chosen = world.random.nextInt(got.ids().size());
            List<String> passed = got.ids().subList(0, chosen + 1);
            got.events().stream().filter(event -> passed.contains(event.id())).forEach(kept::add);
            connect(Optional.of(got.ids().get(chosen)));
        }

        private List<String> got() {
            List<String> got = new ArrayList<>();
            kept.forEach(event -> got.add(event.data()));
            got.addAll(stream.events().data());
            return got;
        }

        boolean isAtEnd() {
            int expected = IntStream.range(0, PARTITIONS)
                    .map(partition ->
                            world.log.expected(start, partition, customerId).size())
                    .sum();
            return got().size() >= expected;
        }

        void assertHasItsOwn() {
            List<String> got = got();
            for (int partition = 0; partition < PARTITIONS; partition++) {
                String prefix = partition + "@";
                assertThat(got.stream().filter(data -> data.startsWith(prefix)))
                        .containsExactlyElementsOf(world.log.expected(start, partition, customerId));
            }
        }
    }
}
