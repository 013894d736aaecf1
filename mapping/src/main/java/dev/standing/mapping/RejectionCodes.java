package dev.standing.mapping;

import dev.standing.domain.command.RejectionCode;

/** The codes of rejections. */
final class RejectionCodes {

    static final EnumMapping<RejectionCode, dev.standing.avro.RejectionCode> MAPPING =
            new EnumMapping<>(RejectionCode.class, dev.standing.avro.RejectionCode.class);

    private RejectionCodes() {}
}
