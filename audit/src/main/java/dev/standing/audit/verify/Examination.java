package dev.standing.audit.verify;

import dev.standing.avro.Customer;
import dev.standing.domain.event.Event;
import dev.standing.mapping.CustomerMapping;
import dev.standing.mapping.EventMapping;
import dev.standing.mapping.UnknownSymbolException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Finds out what is wrong with one customer, and which record is at fault, from all of its events and its record.
 *
 * <p>An event is vouched for by the next one, which carries its hash, and the last one by the customer's record. Where a
 * link is broken, the earlier of the two events was changed if the later one is itself vouched for; if it is not, that one
 * was changed, since its own hash does not fit either. Pure; for one thread, and one customer.
 */
final class Examination {

    private static final String NOT_FOLDED = " From here on the customer is not folded, but its chain is followed.";

    private final Case subject;
    private final Names names;
    private final List<Finding> findings = new ArrayList<>();
    /** What was changed, and what else is told of it. */
    private final Map<Node, Optional<Site>> changed = new LinkedHashMap<>();

    private Examination(Case subject, Names names) {
        this.subject = subject;
        this.names = names;
    }

    /** What is wrong with a customer; nothing, if all is well but for what was found otherwise. */
    static List<Finding> of(Case subject, Names names) {
        Examination examination = new Examination(subject, names);
        examination.examine();
        boolean isExplained = subject.isRecordReported()
                || subject.exhibits().stream()
                        .anyMatch(exhibit ->
                                exhibit.isReported() || exhibit.event().isEmpty());
        if (examination.findings.isEmpty() && !isExplained) {
            examination.unexplained();
        }
        return examination.findings;
    }

    private void examine() {
        List<Node> nodes = new ArrayList<>();
        for (Exhibit exhibit : subject.exhibits()) {
            exhibit.event().ifPresent(event -> nodes.add(new Node(event, exhibit.isReported())));
        }
        Chain chain = Chain.of(nodes, anchors());
        chain.copies().forEach((copy, kept) -> find(FindingKind.DOUBLED, copy, Optional.of(site(kept)), ""));
        List<Node> rivals = new ArrayList<>(chain.rivals());
        List<Node> genuine = chain.genuine();
        List<Node> beyond = takeBeyond(genuine);
        findMissing(genuine, rivals, beyond);
        findOutOfOrder(genuine);
        findBroken(genuine);
        findChanged(genuine);
        findWrongTimes(genuine);
        fold(genuine);
        for (Node rival : rivals) {
            if (!rival.isReported()) {
                find(
                        FindingKind.FORGED,
                        rival,
                        chain.genuine(rival.sequence()).map(this::site),
                        rival.sequence() < 1 ? "There is no such sequence." : "");
            }
        }
        findUnrecorded(nodes, beyond);
    }

    private List<Anchor> anchors() {
        return Stream.concat(subject.first().stream(), subject.later().stream()).toList();
    }

    /** Takes out those that the latest record does not know of. */
    private List<Node> takeBeyond(List<Node> genuine) {
        if (subject.latest().isEmpty() || subject.isRecordReported() || subject.beginsMidway()) {
            return new ArrayList<>();
        }
        long last = subject.latest().get().sequence();
        List<Node> beyond = new ArrayList<>(
                genuine.stream().filter(node -> node.sequence() > last).toList());
        genuine.removeAll(beyond);
        return beyond;
    }

    /** Finds gaps; takes out the events that stand in one, and cannot but have been changed. */
    private void findMissing(List<Node> genuine, List<Node> rivals, List<Node> beyond) {
        long next =
                subject.beginsMidway() && !genuine.isEmpty() ? genuine.get(0).sequence() : 1;
        Optional<Node> before = Optional.empty();
        for (Node node : genuine) {
            if (node.sequence() > next) {
                gap(next, node.sequence() - 1, before, Optional.of(node), List.of(rivals, beyond));
            }
            next = node.sequence() + 1;
            before = Optional.of(node);
        }
        long last = subject.first().map(Anchor::sequence).orElse(0L);
        if (last >= next && !subject.endsEarly() && !subject.beginsMidway()) {
            Anchor record = subject.first().orElseThrow();
            Optional<Node> named = genuine.stream()
                    .filter(node -> node.hash().equals(record.hash()))
                    .findFirst();
            if (named.isPresent()) {
                findAhead(record, named.get());
            } else {
                gap(next, last, before, Optional.empty(), List.of(rivals, beyond));
            }
        }
    }

    /** A record that has the hash of an event, and the sequence of none. */
    private void findAhead(Anchor record, Node named) {
        findings.add(new Finding(
                FindingKind.RECORD_DIFFERS,
                Optional.of(subject.customerId()),
                OptionalLong.of(named.sequence()),
                names.customer(record.place()),
                Optional.of(site(named)),
                "sequence is " + record.sequence() + ", but lastEventHash is that of sequence " + named.sequence()
                        + "."));
    }

    private void gap(long from, long to, Optional<Node> before, Optional<Node> after, List<List<Node>> others) {
        long begin = before.map(Node::offset).orElse(-1L);
        long end = after.map(Node::offset).orElse(Long.MAX_VALUE);
        List<Node> instead = others.stream()
                .flatMap(List::stream)
                .filter(node -> node.offset() > begin && node.offset() < end)
                .sorted(Comparator.comparingLong(Node::offset))
                .toList();
        long unreadable = subject.exhibits().stream()
                .filter(exhibit -> exhibit.event().isEmpty())
                .filter(exhibit ->
                        exhibit.place().offset() > begin && exhibit.place().offset() < end)
                .count();
        if (instead.size() + unreadable == to - from + 1) {
            for (Node node : instead) {
                find(
                        FindingKind.CHANGED,
                        node,
                        Optional.empty(),
                        "It stands where " + sequences(from, to) + " should." + NOT_FOLDED);
                others.forEach(list -> list.remove(node));
            }
            return;
        }
        Optional<Site> told =
                after.map(this::site).or(() -> subject.first().map(anchor -> names.customer(anchor.place())));
        findings.add(new Finding(
                FindingKind.MISSING,
                Optional.of(subject.customerId()),
                OptionalLong.of(from),
                before.map(this::site).or(() -> told).orElseThrow(),
                before.flatMap(unused -> told),
                "Nowhere is " + sequences(from, to) + "." + NOT_FOLDED));
    }

    private static String sequences(long from, long to) {
        return from == to ? "sequence " + from : "sequences " + from + " to " + to;
    }

    private void findOutOfOrder(List<Node> genuine) {
        Set<Node> moved = OutOfPlace.of(genuine);
        for (int i = 0; i < genuine.size(); i++) {
            Node node = genuine.get(i);
            if (moved.contains(node)) {
                boolean isEarly = i > 0 && genuine.get(i - 1).offset() > node.offset();
                Node neighbour = genuine.get(isEarly ? i - 1 : Math.min(i + 1, genuine.size() - 1));
                find(
                        FindingKind.OUT_OF_ORDER,
                        node,
                        Optional.of(site(neighbour)),
                        isEarly
                                ? "It lies before the event that it follows."
                                : "It lies behind the event that follows it.");
            }
        }
    }

    private void findBroken(List<Node> genuine) {
        List<Link> links = links(genuine);
        int from = 0;
        while (from < links.size()) {
            int to = from;
            while (to < links.size() && links.get(to) == Link.BROKEN) {
                to++;
            }
            if (to - from == 1) {
                changed.putAll(single(genuine, links, from));
            }
            for (int i = from; i < to - 1; i++) {
                changed.put(genuine.get(i), Optional.empty());
            }
            from = to + 1;
        }
    }

    /** One link before each event, and one behind the last. */
    private List<Link> links(List<Node> genuine) {
        List<Link> links = new ArrayList<>();
        Optional<Node> before = Optional.empty();
        for (Node node : genuine) {
            if (node.sequence() == 1) {
                links.add(link(node.event().getPreviousHash().isEmpty()));
            } else {
                links.add(before.filter(parent -> parent.sequence() == node.sequence() - 1)
                        .map(parent -> link(node.event()
                                .getPreviousHash()
                                .filter(parent.hash()::equals)
                                .isPresent()))
                        .orElse(Link.UNKNOWN));
            }
            before = Optional.of(node);
        }
        links.add(before.flatMap(this::isVouchedFor).map(Examination::link).orElse(Link.UNKNOWN));
        return links;
    }

    private static Link link(boolean holds) {
        return holds ? Link.HOLDS : Link.BROKEN;
    }

    /** Whether the customer's record carries the hash of an event; empty if none is of that sequence. */
    private Optional<Boolean> isVouchedFor(Node node) {
        return anchor(node).map(anchor -> anchor.hash().equals(node.hash()));
    }

    private Optional<Anchor> anchor(Node node) {
        return subject.later()
                .filter(anchor -> anchor.sequence() == node.sequence())
                .or(() -> subject.first().filter(anchor -> anchor.sequence() == node.sequence()))
                .filter(anchor -> !subject.beginsMidway());
    }

    /** A broken link between two that hold: who is at fault. */
    private Map<Node, Optional<Site>> single(List<Node> genuine, List<Link> links, int link) {
        if (link == 0) {
            return Map.of(genuine.get(0), Optional.empty());
        }
        Node earlier = genuine.get(link - 1);
        if (link == genuine.size()) {
            return Map.of(earlier, anchor(earlier).map(anchor -> names.customer(anchor.place())));
        }
        Node later = genuine.get(link);
        boolean isEarlierVouchedFor = isVouchedFor(earlier).orElse(false);
        if (isEarlierVouchedFor && links.get(link + 1) != Link.HOLDS) {
            return Map.of(later, Optional.of(site(earlier)));
        }
        return Map.of(earlier, Optional.of(site(later)));
    }

    private void findChanged(List<Node> genuine) {
        for (Node node : genuine) {
            if (changed.containsKey(node)) {
                String id = EventId.isRight(node.event()) ? "" : "Its eventId is wrong, too.";
                find(FindingKind.CHANGED, node, changed.get(node), id + differences(genuine, node) + NOT_FOLDED);
            } else if (!EventId.isRight(node.event())) {
                find(
                        FindingKind.WRONG_EVENT_ID,
                        node,
                        Optional.empty(),
                        "It is " + node.event().getEventId() + ".");
            }
        }
    }

    /** What the record, if it speaks of this very event, says otherwise than the events up to this one. */
    private String differences(List<Node> genuine, Node node) {
        Optional<Customer> record = anchor(node).flatMap(Anchor::record);
        if (record.isEmpty()) {
            return "";
        }
        StringBuilder text = new StringBuilder();
        try {
            Optional<Folded> folded = Optional.empty();
            RowsInMemory rows = new RowsInMemory();
            for (Node each : genuine) {
                folded = Optional.of(Folded.after(folded, EventMapping.toDomain(each.event()), rows));
                if (each == node) {
                    RecordComparison.between(CustomerMapping.toAvro(folded.get().customer(), node.hash()), record.get())
                            .forEach(difference ->
                                    text.append(" In the customer's record ").append(difference.text()));
                    return text.toString();
                }
            }
        } catch (IllegalArgumentException | UnknownSymbolException e) {
            // Then there is nothing to compare the record with.
            return "";
        }
        return "";
    }

    private void findWrongTimes(List<Node> genuine) {
        for (int i = 1; i < genuine.size(); i++) {
            Node before = genuine.get(i - 1);
            Node node = genuine.get(i);
            boolean isBackwards =
                    node.event().getRecordedAt().isBefore(before.event().getRecordedAt());
            if (isBackwards && !changed.containsKey(before) && !changed.containsKey(node)) {
                find(
                        FindingKind.TIME_BACKWARDS,
                        node,
                        Optional.of(site(before)),
                        "It was recorded at " + node.event().getRecordedAt() + ", and the one before it at "
                                + before.event().getRecordedAt() + ".");
            }
        }
    }

    /** Folds as far as the events can be believed, and compares the customer with its records. */
    private void fold(List<Node> genuine) {
        Optional<Folded> folded = Optional.empty();
        RowsInMemory rows = new RowsInMemory();
        long next = 1;
        for (Node node : genuine) {
            if (node.sequence() != next || changed.containsKey(node) || subject.beginsMidway()) {
                return;
            }
            try {
                Event event = EventMapping.toDomain(node.event());
                folded = Optional.of(Folded.after(folded, event, rows));
            } catch (IllegalArgumentException | UnknownSymbolException e) {
                find(FindingKind.IMPOSSIBLE, node, Optional.empty(), e.getMessage() + "." + NOT_FOLDED);
                return;
            }
            compare(node, folded.get());
            next++;
        }
    }

    private void compare(Node node, Folded folded) {
        Customer expected = CustomerMapping.toAvro(folded.customer(), node.hash());
        for (Anchor anchor : anchors()) {
            if (anchor.sequence() == node.sequence() && anchor.record().isPresent()) {
                RecordComparison.between(expected, anchor.record().get())
                        .forEach(difference -> findings.add(new Finding(
                                FindingKind.RECORD_DIFFERS,
                                Optional.of(subject.customerId()),
                                OptionalLong.of(node.sequence()),
                                names.customer(anchor.place()),
                                Optional.of(site(node)),
                                difference.text())));
            }
        }
    }

    /** Events that the customer's record does not know of, or which have none. */
    private void findUnrecorded(List<Node> nodes, List<Node> beyond) {
        if (subject.isRecordReported() || subject.beginsMidway() || nodes.isEmpty()) {
            return;
        }
        if (subject.latest().isEmpty()) {
            find(FindingKind.RECORD_MISSING, nodes.get(0), Optional.empty(), events(nodes));
        } else if (!beyond.isEmpty()) {
            beyond.sort(Comparator.comparingLong(Node::offset));
            Anchor latest = subject.latest().get();
            find(
                    FindingKind.RECORD_BEHIND,
                    beyond.get(0),
                    Optional.of(names.customer(latest.place())),
                    "The record is of sequence " + latest.sequence() + "; " + events(beyond));
        }
    }

    private static String events(List<Node> nodes) {
        return nodes.size() == 1
                ? "this is the only such event."
                : "there are " + nodes.size() + " such events, the last at offset "
                        + nodes.get(nodes.size() - 1).offset() + ".";
    }

    private void unexplained() {
        Site site = subject.exhibits().stream()
                .findFirst()
                .map(exhibit -> names.event(exhibit.place()))
                .or(() -> subject.first().map(anchor -> names.customer(anchor.place())))
                .orElseThrow();
        findings.add(new Finding(
                FindingKind.UNEXPLAINED,
                Optional.of(subject.customerId()),
                OptionalLong.empty(),
                site,
                Optional.empty(),
                ""));
    }

    private Site site(Node node) {
        return names.event(node.place());
    }

    private void find(FindingKind kind, Node node, Optional<Site> other, String detail) {
        findings.add(new Finding(
                kind,
                Optional.of(subject.customerId()),
                OptionalLong.of(node.sequence()),
                site(node),
                other,
                detail.strip()));
    }
}
