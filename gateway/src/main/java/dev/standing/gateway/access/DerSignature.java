package dev.standing.gateway.access;

import java.math.BigInteger;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * An ECDSA signature, taken apart from its DER form (RFC 3279, section 2.2.3).
 *
 * @param r its first number
 * @param s its second number
 */
record DerSignature(BigInteger r, BigInteger s) {

    private static final int SEQUENCE = 0x30;
    private static final int INTEGER = 0x02;
    /** Lengths beyond this have a longer form, which a signature on P-256 has no need of. */
    private static final int MAX_SHORT_LENGTH = 127;

    /** The signature that the bytes hold; empty: they hold something else, or more. */
    static Optional<DerSignature> parse(byte[] der) {
        ByteBuffer bytes = ByteBuffer.wrap(der);
        try {
            if (bytes.get() != SEQUENCE || length(bytes) != bytes.remaining()) {
                return Optional.empty();
            }
            DerSignature signature = new DerSignature(integer(bytes), integer(bytes));
            return bytes.hasRemaining() ? Optional.empty() : Optional.of(signature);
        } catch (BufferUnderflowException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static BigInteger integer(ByteBuffer bytes) {
        if (bytes.get() != INTEGER) {
            throw new NumberFormatException("no integer");
        }
        byte[] number = new byte[length(bytes)];
        bytes.get(number);
        return new BigInteger(number);
    }

    private static int length(ByteBuffer bytes) {
        int length = Byte.toUnsignedInt(bytes.get());
        if (length > MAX_SHORT_LENGTH) {
            throw new NumberFormatException("too long");
        }
        return length;
    }

    /** Whether both numbers lie between 1 and what is below the order of the curve, as they have to. */
    boolean isWithin(BigInteger order) {
        return r.signum() > 0 && s.signum() > 0 && r.compareTo(order) < 0 && s.compareTo(order) < 0;
    }
}
