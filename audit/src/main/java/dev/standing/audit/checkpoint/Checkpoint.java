package dev.standing.audit.checkpoint;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.standing.audit.file.FileTrouble;
import dev.standing.audit.file.WholeFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PublicKey;
import java.util.Base64;

/**
 * A summary of a log, and who vouches for it. The signature (Ed25519, RFC 8032) is over the bytes of the summary as JSON
 * without white space, in UTF-8, its members in the order in which they are written here. Whoever reads a checkpoint reads
 * the summary first, writes it anew, and holds the signature against that: so what was signed is what is believed, whatever
 * else the file may say. The same log and key give the same bytes.
 *
 * @param summary what is vouched for
 * @param publicKey the key that the file names: of no worth by itself, since a forger would name another
 * @param signature over the summary's bytes
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared as a whole.
public record Checkpoint(LogSummary summary, PublicKey publicKey, byte[] signature) {

    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    /** A summary that is signed. */
    public static Checkpoint of(LogSummary summary, SigningKey key) {
        return new Checkpoint(summary, key.publicKey(), key.sign(summary.bytes()));
    }

    /** Whether the signature is that of a key over the summary. */
    public boolean isSignedBy(PublicKey key) {
        return SigningKey.isSigned(key, summary.bytes(), signature);
    }

    /**
     * Refuses a file that {@link #write} could not write. Nothing is left behind.
     *
     * @throws UnusableCheckpointException if it is there already, or cannot be written
     */
    public static void refuseUnwritable(Path file) {
        try {
            WholeFile.tryToCreate(file);
        } catch (IOException e) {
            throw unwritable(file, e);
        }
    }

    private static UnusableCheckpointException unwritable(Path file, IOException cause) {
        return cause instanceof FileAlreadyExistsException
                ? new UnusableCheckpointException(
                        file + " is there already, and stays: it may be the only witness of what the log was", cause)
                : new UnusableCheckpointException(
                        file + " cannot be written (" + FileTrouble.describe(cause) + ")", cause);
    }

    /**
     * Writes a file that was not there: all of it, or none.
     *
     * @throws UnusableCheckpointException if it is there already, or cannot be written
     */
    public void write(Path file) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.set("summary", summary.toJson());
        json.put("publicKey", Base64.getEncoder().encodeToString(publicKey.getEncoded()));
        json.put("signature", Base64.getEncoder().encodeToString(signature));
        String text = json.toPrettyString().replace(System.lineSeparator(), "\n") + "\n";
        try {
            WholeFile.create(file, text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw unwritable(file, e);
        }
    }

    /**
     * Reads a file. Whether it is signed, and by whom, is another question.
     *
     * @throws UnusableCheckpointException if it is none
     */
    public static Checkpoint read(Path file) {
        try {
            JsonNode json = JSON.readTree(Files.readString(file, StandardCharsets.UTF_8));
            return new Checkpoint(
                    LogSummary.of(json.path("summary")),
                    SigningKey.publicKey(Base64.getDecoder().decode(CheckpointJson.text(json, "publicKey"))),
                    Base64.getDecoder().decode(CheckpointJson.text(json, "signature")));
        } catch (JsonProcessingException e) {
            throw new UnusableCheckpointException(file + " is no JSON: " + e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw new UnusableCheckpointException(file + " cannot be read", e);
        } catch (IllegalArgumentException e) {
            throw new UnusableCheckpointException(file + " is no checkpoint: " + e.getMessage(), e);
        }
    }
}
