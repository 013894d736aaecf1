package dev.standing.domain.policy;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * The parts of a YAML document (or a JSON one, which is YAML too), each with its line, so that whatever is wrong can be
 * named by it.
 */
final class PolicyNodes {

    private final String source;

    private PolicyNodes(String source) {
        this.source = source;
    }

    /** The root of a document. The source names it in messages. */
    static Members read(String source, InputStream content) {
        PolicyNodes nodes = new PolicyNodes(source);
        LoadSettings settings =
                LoadSettings.builder().setLabel(source).setUseMarks(true).build();
        try (content) {
            Node root = new Compose(settings)
                    .composeInputStream(content)
                    .orElseThrow(() -> new InvalidPolicyException(source, 1, "it is empty"));
            return nodes.members(root, "the policy");
        } catch (MarkedYamlEngineException e) {
            int line = e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(1);
            throw new InvalidPolicyException(source, line, e.getProblem());
        } catch (YamlEngineException e) {
            throw new InvalidPolicyException(source, "it is not YAML or JSON: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new InvalidPolicyException(source, "it cannot be read: " + e.getMessage(), e);
        }
    }

    private Members members(Node node, String what) {
        if (!(node instanceof MappingNode mapping)) {
            throw problem(node, what + " must have members");
        }
        Map<String, Value> members = new LinkedHashMap<>();
        for (NodeTuple tuple : mapping.getValue()) {
            String name = text(tuple.getKeyNode(), "the name of a member");
            if (members.put(name, new Value(name, tuple.getKeyNode(), tuple.getValueNode())) != null) {
                throw problem(tuple.getKeyNode(), name + " stands there twice");
            }
        }
        return new Members(mapping, what, members);
    }

    private String text(Node node, String what) {
        if (node instanceof ScalarNode scalar && !scalar.getValue().isBlank()) {
            return scalar.getValue();
        }
        throw problem(node, what + " must be a text");
    }

    private InvalidPolicyException problem(Node node, String problem) {
        int line = node.getStartMark().map(mark -> mark.getLine() + 1).orElse(1);
        return new InvalidPolicyException(source, line, problem);
    }

    /** A collection of named members. */
    final class Members {

        private final Node node;
        private final String what;
        private final Map<String, Value> members;

        private Members(Node node, String what, Map<String, Value> members) {
            this.node = node;
            this.what = what;
            this.members = members;
        }

        /** Refuses members of other names. */
        Members only(Set<String> names) {
            for (Value member : members.values()) {
                if (!names.contains(member.name)) {
                    throw member.problem("unknown member " + member.name + " of " + what + "; known are "
                            + String.join(", ", names.stream().sorted().toList()));
                }
            }
            return this;
        }

        List<Value> all() {
            return List.copyOf(members.values());
        }

        Optional<Value> optional(String name) {
            return Optional.ofNullable(members.get(name));
        }

        Value required(String name) {
            return optional(name).orElseThrow(() -> problem(what + " needs the member " + name));
        }

        InvalidPolicyException problem(String problem) {
            return PolicyNodes.this.problem(node, problem);
        }
    }

    /** The value of one member, or one entry of a list. */
    final class Value {

        private final String name;
        private final Node key;
        private final Node node;

        private Value(String name, Node key, Node node) {
            this.name = name;
            this.key = key;
            this.node = node;
        }

        String name() {
            return name;
        }

        String text() {
            return PolicyNodes.this.text(node, name);
        }

        boolean bool() {
            return switch (text().toLowerCase(Locale.ROOT)) {
                case "true" -> true;
                case "false" -> false;
                default -> throw problem(name + " must be true or false, not " + text());
            };
        }

        /** The text as something else; an exception of the parser is told with the line. */
        <T> T parsed(Function<String, T> parser, String expected) {
            try {
                return parser.apply(text());
            } catch (InvalidPolicyException e) {
                throw e;
            } catch (RuntimeException e) {
                throw problem(name + " must be " + expected + ", not " + text(), e);
            }
        }

        <E extends Enum<E>> E oneOf(Class<E> type) {
            String text = text();
            for (E constant : type.getEnumConstants()) {
                if (constant.name().equals(text)) {
                    return constant;
                }
            }
            throw problem("unknown " + name + " " + text + "; known are " + List.of(type.getEnumConstants()));
        }

        Members members() {
            return PolicyNodes.this.members(node, name);
        }

        /** The entries of a list; each has the given name in messages. */
        List<Value> entries(String entryName) {
            if (!(node instanceof SequenceNode sequence)) {
                throw problem(name + " must be a list");
            }
            List<Value> entries = new ArrayList<>();
            for (Node entry : sequence.getValue()) {
                entries.add(new Value(entryName, entry, entry));
            }
            return entries;
        }

        InvalidPolicyException problem(String problem) {
            return PolicyNodes.this.problem(key, problem);
        }

        private InvalidPolicyException problem(String problem, RuntimeException cause) {
            InvalidPolicyException exception = problem(problem);
            exception.initCause(cause);
            return exception;
        }
    }
}
