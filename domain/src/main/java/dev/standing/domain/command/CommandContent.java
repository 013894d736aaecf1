package dev.standing.domain.command;

import dev.standing.domain.command.Instruction.CancelChange;
import dev.standing.domain.command.Instruction.ChangeState;
import dev.standing.domain.command.Instruction.ConfirmChange;
import dev.standing.domain.command.Instruction.ProposeChange;
import dev.standing.domain.command.Instruction.RegisterCustomer;
import dev.standing.domain.command.Instruction.RegisterSubordinates;
import dev.standing.domain.command.Instruction.RegisteredSubordinate;
import dev.standing.domain.command.Instruction.RemoveSubordinate;
import dev.standing.domain.command.Instruction.Unsupported;
import dev.standing.domain.hierarchy.SubordinateRef;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a command says, apart from its ids: two commands with the same requestId are the same request if their contents
 * are equal ({@code semantics.md} section 4, step 1). Instants count as instants; spelling and order do not count, but
 * for the order of subordinates, of which later ones may refer to earlier ones.
 *
 * <p>The digest is kept for {@code idempotencyRetention}, also across an upgrade. So members that are absent do not
 * take part: a member that a later version adds leaves the digests of commands without it as they are.
 */
public final class CommandContent {

    private final TreeMap<String, String> members = new TreeMap<>();

    private CommandContent() {}

    /** The SHA-256 digest of a command's content: 32 bytes. */
    public static byte[] digest(Command command) {
        CommandContent content = new CommandContent();
        command.expectedVersion().ifPresent(version -> content.put("expectedVersion", Long.toString(version)));
        content.put("customerExternalId", command.customerExternalId());
        content.put(command.instruction());
        return content.digest();
    }

    private void put(Instruction instruction) {
        if (instruction instanceof RegisterCustomer register) {
            put(register);
        } else if (instruction instanceof ChangeState change) {
            put(change);
        } else if (instruction instanceof ProposeChange proposal) {
            put(proposal);
        } else if (instruction instanceof ConfirmChange confirmation) {
            put(confirmation);
        } else if (instruction instanceof CancelChange cancellation) {
            put(cancellation);
        } else if (instruction instanceof RegisterSubordinates register) {
            put(register);
        } else if (instruction instanceof RemoveSubordinate remove) {
            put(remove);
        } else if (instruction instanceof Unsupported unsupported) {
            // Never remembered, so that it is only compared with what was supported: it differs from all of that.
            put("type", "Unsupported:" + unsupported.type());
        }
    }

    private void put(RegisterCustomer register) {
        put("type", "RegisterCustomer");
        put("externalId", register.externalId());
        put("state", register.state().map(Enum::name));
        put("reason", register.reason());
        put("validFrom", register.validFrom().map(CommandContent::millis));
        for (Map.Entry<String, String> attribute : register.attributes().entrySet()) {
            put("attribute:" + attribute.getKey(), attribute.getValue());
        }
    }

    private void put(ChangeState change) {
        put("type", "ChangeState");
        put("state", change.state().name());
        put(change.reason());
        put("validFrom", change.validFrom().map(CommandContent::millis));
        putIfTrue("subordinateUpdated", change.subordinateUpdated());
        put("notes", change.notes());
    }

    private void put(ProposeChange proposal) {
        put("type", "ProposeChange");
        put("state", proposal.state().name());
        put(proposal.reason());
        put("validFrom", millis(proposal.validFrom()));
        putIfTrue("subordinateUpdated", proposal.subordinateUpdated());
        put("notes", proposal.notes());
    }

    private void put(ConfirmChange confirmation) {
        put("type", "ConfirmChange");
        put("state", confirmation.state().name());
        put(confirmation.reason());
        put("validFrom", confirmation.validFrom().map(CommandContent::millis));
        put("subordinateUpdated", confirmation.subordinateUpdated().map(value -> Boolean.toString(value)));
        put("notes", confirmation.notes());
    }

    private void put(CancelChange cancellation) {
        put("type", "CancelChange");
        if (cancellation.selection() instanceof ChangeSelection.ById byId) {
            put("changeId", byId.changeId());
        } else if (cancellation.selection() instanceof ChangeSelection.ByState byState) {
            put("state", byState.state().name());
            put(byState.reason());
        }
        put("notes", cancellation.notes());
    }

    private void put(RegisterSubordinates register) {
        put("type", "RegisterSubordinates");
        for (int i = 0; i < register.subordinates().size(); i++) {
            String position = RegisterSubordinates.position(i);
            RegisteredSubordinate subordinate = register.subordinates().get(i);
            put(position, subordinate.ref());
            subordinate.parent().ifPresent(parent -> put(position + ".parent", parent));
            put(position + ".state", subordinate.state().name());
            put(position + ".reason", subordinate.reason());
        }
    }

    private void put(RemoveSubordinate remove) {
        put("type", "RemoveSubordinate");
        put("subordinate", remove.ref());
    }

    private void put(String name, SubordinateRef ref) {
        put(name + ".type", ref.type().name());
        put(name + ".id", ref.id());
    }

    private void put(ReasonChoice reason) {
        if (reason instanceof ReasonChoice.Named named) {
            put("reason", named.code());
        } else if (reason instanceof ReasonChoice.PolicyDefault) {
            putIfTrue("defaultReason", true);
        }
    }

    private void putIfTrue(String name, boolean value) {
        if (value) {
            put(name, "true");
        }
    }

    private void put(String name, Optional<String> value) {
        value.ifPresent(present -> put(name, present));
    }

    private void put(String name, String value) {
        members.put(name, value);
    }

    private static String millis(Instant instant) {
        return Long.toString(instant.toEpochMilli());
    }

    private byte[] digest() {
        MessageDigest sha256 = sha256();
        members.forEach((name, value) -> {
            update(sha256, name);
            update(sha256, value);
        });
        return sha256.digest();
    }

    /** Each text goes in after its length: no two lists of members run together to the same bytes. */
    private static void update(MessageDigest sha256, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        sha256.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
        sha256.update(bytes);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
