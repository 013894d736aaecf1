package dev.standing.audit.verify;

import dev.standing.avro.Sha256;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Tells, among all events that claim to be of one customer, the genuine ones from the others. Of two with one sequence that
 * one is genuine for which the customer's record vouches, itself or through those that follow; next, that which most follow;
 * next, that which follows another; then the first. An event of which there are two copies counts where it lies behind
 * the one that it follows. For one thread.
 */
final class Chain {

    private static final Comparator<Node> BY_OFFSET = Comparator.comparingLong(Node::offset);
    private static final Comparator<Node> MOST_CREDIBLE = Comparator.comparing(Node::isAnchored)
            .thenComparingInt(Node::followers)
            .thenComparing(node -> node.parent().isPresent())
            .thenComparing(BY_OFFSET.reversed());

    private final Map<Long, Node> genuine = new TreeMap<>();
    private final List<Node> rivals = new ArrayList<>();
    private final Map<Node, Node> copies = new HashMap<>();

    private Chain() {}

    /**
     * The chain among events.
     *
     * @param nodes in the order of the log
     * @param anchors what the customer's records say
     */
    static Chain of(List<Node> nodes, List<Anchor> anchors) {
        Chain chain = new Chain();
        List<Node> each = chain.withoutCopies(nodes);
        Map<Sha256, Node> byHash = new HashMap<>();
        each.forEach(node -> byHash.put(node.hash(), node));
        // The later ones first, so that a train is whole when it is joined to the one before it.
        each.stream()
                .sorted(Comparator.comparingLong(Node::sequence).reversed())
                .forEach(node -> parent(node, byHash).ifPresent(node::follow));
        for (Anchor anchor : anchors) {
            Optional.ofNullable(byHash.get(anchor.hash()))
                    .filter(node -> node.sequence() == anchor.sequence())
                    .ifPresent(Node::anchor);
        }
        each.forEach(chain::choose);
        chain.rivals.sort(BY_OFFSET);
        return chain;
    }

    private static Optional<Node> parent(Node node, Map<Sha256, Node> byHash) {
        return node.event()
                .getPreviousHash()
                .map(byHash::get)
                .filter(parent -> parent.sequence() == node.sequence() - 1);
    }

    private List<Node> withoutCopies(List<Node> nodes) {
        Map<Sha256, List<Node>> byHash = new HashMap<>();
        nodes.forEach(node ->
                byHash.computeIfAbsent(node.hash(), unused -> new ArrayList<>()).add(node));
        List<Node> each = new ArrayList<>();
        for (Node node : nodes) {
            List<Node> same = byHash.get(node.hash());
            Node kept = same.size() == 1 ? node : inPlace(same, byHash);
            if (node == kept) {
                each.add(node);
            } else {
                copies.put(node, kept);
            }
        }
        return each;
    }

    private static Node inPlace(List<Node> same, Map<Sha256, List<Node>> byHash) {
        long behind = same.get(0)
                .event()
                .getPreviousHash()
                .map(byHash::get)
                .map(parents -> parents.get(0).offset())
                .orElse(-1L);
        return same.stream().filter(node -> node.offset() > behind).findFirst().orElse(same.get(0));
    }

    private void choose(Node node) {
        if (node.sequence() < 1) {
            rivals.add(node);
            return;
        }
        Node other = genuine.get(node.sequence());
        if (other == null || MOST_CREDIBLE.compare(node, other) > 0) {
            genuine.put(node.sequence(), node);
            if (other != null) {
                rivals.add(other);
            }
        } else {
            rivals.add(node);
        }
    }

    /** The genuine ones, in the order of their sequences. */
    List<Node> genuine() {
        return new ArrayList<>(genuine.values());
    }

    /** The others, in the order of the log. */
    List<Node> rivals() {
        return rivals;
    }

    /** The genuine one of a sequence. */
    Optional<Node> genuine(long sequence) {
        return Optional.ofNullable(genuine.get(sequence));
    }

    /** Those that are there twice, each with the one that counts. */
    Map<Node, Node> copies() {
        return copies;
    }
}
