package dev.standing.local.imports.input;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.standing.gateway.uri.UriText;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * A POST to the gateway, as far as it follows from the file.
 *
 * @param path below the gateway's URL
 * @param body JSON in ASCII, with its members in the order of their names, so that the same content is the same text.
 *     Escapes keep half a surrogate pair, too, which has no UTF-8 form: it is the gateway that refuses it
 * @param subordinates how many it registers; 0: it registers a customer
 */
public record Request(String path, String body, int subordinates) {

    /** The most subordinates of one request. */
    public static final int MAX_SUBORDINATES = 1_000;

    private static final String CUSTOMERS = "/v1/customers";
    private static final int DIGEST_BYTES = 20;
    private static final ObjectWriter WRITER = JsonMapper.builder()
            .enable(JsonNodeFeature.WRITE_PROPERTIES_SORTED)
            .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
            .build()
            .writer();

    static Request registering(ObjectNode registration) {
        return new Request(CUSTOMERS, text(registration), 0);
    }

    static Request adding(String customerId, List<ObjectNode> subordinates) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.putArray(Names.SUBORDINATES).addAll(subordinates);
        return new Request(CUSTOMERS + "/" + segment(customerId) + "/subordinates", text(body), subordinates.size());
    }

    /** How many bytes a subordinate takes in a body. */
    static int bytes(ObjectNode subordinate) {
        return text(subordinate).length();
    }

    /**
     * The requestId: the same for the same content, whenever and wherever it is sent, and another for any other.
     *
     * @param purpose what makes it another one all the same; empty: nothing
     */
    public String requestId(String purpose) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] hash = digest.digest((path + '\n' + body + '\n' + purpose).getBytes(StandardCharsets.UTF_8));
            return "import-" + HexFormat.of().formatHex(hash, 0, DIGEST_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }

    private static String text(ObjectNode body) {
        try {
            return WRITER.writeValueAsString(body);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A JSON tree can be written", e);
        }
    }

    /** Clients resolve a segment of dots, however it was meant. */
    private static String segment(String id) {
        return id.equals(".") || id.equals("..") ? id.replace(".", "%2E") : UriText.encode(id);
    }
}
