package dev.standing.local.imports.input;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.standing.gateway.json.InvalidMemberException;
import dev.standing.gateway.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A line of JSON Lines: the body of a registration without its requestId, and {@code subordinates}. */
final class JsonLine implements EntryParser {

    private static final ObjectReader READER = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build()
            .reader();

    @Override
    public Entry parse(String line) {
        JsonNode document;
        try {
            document = READER.readTree(line);
        } catch (JsonProcessingException e) {
            return new Entry.Unusable(
                    Optional.empty(), Optional.empty(), "The line is not JSON: " + e.getOriginalMessage());
        }
        if (!(document instanceof ObjectNode object)) {
            return new Entry.Unusable(Optional.empty(), Optional.empty(), "The line must be a JSON object");
        }
        try {
            return customer(object);
        } catch (InvalidMemberException e) {
            return new Entry.Unusable(customerId(object), e.field(), e.getMessage());
        }
    }

    private static Entry customer(ObjectNode document) {
        JsonObject line = JsonObject.root(document)
                .only(Names.CUSTOMER_ID, Names.EXTERNAL_ID, Names.STATE, Names.ATTRIBUTES, Names.SUBORDINATES);
        Optional<String> customerId = line.member(Names.CUSTOMER_ID).optionalText();
        Optional<String> externalId = line.member(Names.EXTERNAL_ID).optionalText();
        String id = customerId
                .or(() -> externalId)
                .orElseThrow(() -> new InvalidMemberException(
                        Names.CUSTOMER_ID, "customerId is missing; a customer has it, or an externalId"));
        line.member(Names.STATE)
                .optionalObject()
                .ifPresent(state -> state.only(Names.STATE, Names.STATE_REASON, Names.STATE_VALID_FROM));
        line.member(Names.ATTRIBUTES).optionalObject();
        List<ObjectNode> subordinates = subordinates(document.get(Names.SUBORDINATES));
        return new Entry.Customer(id, document.without(Names.SUBORDINATES), subordinates);
    }

    private static List<ObjectNode> subordinates(JsonNode list) {
        if (list == null || list.isNull()) {
            return List.of();
        }
        if (!list.isArray()) {
            throw new InvalidMemberException(Names.SUBORDINATES, "subordinates must be a list");
        }
        List<ObjectNode> subordinates = new ArrayList<>(list.size());
        for (JsonNode element : list) {
            String path = Names.SUBORDINATES + "[" + subordinates.size() + "]";
            JsonObject.at(element, path)
                    .only(Names.TYPE, Names.ID, Names.PARENT, Names.STATE, Names.STATE_REASON)
                    .member(Names.PARENT)
                    .optionalObject()
                    .ifPresent(parent -> parent.only(Names.TYPE, Names.ID));
            subordinates.add((ObjectNode) element);
        }
        return subordinates;
    }

    private static Optional<String> customerId(ObjectNode document) {
        return text(document, Names.CUSTOMER_ID).or(() -> text(document, Names.EXTERNAL_ID));
    }

    private static Optional<String> text(ObjectNode document, String name) {
        return Optional.ofNullable(document.get(name))
                .filter(JsonNode::isTextual)
                .map(JsonNode::textValue);
    }
}
