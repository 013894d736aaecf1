package dev.standing.embedded.registry;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.apache.avro.Schema;

/** Names the field to which one of Avro's JSON pointers leads: {@code /fields/0/type/fields/2} says little to people. */
final class SchemaPath {

    private SchemaPath() {}

    /**
     * The fields on the way to a location, from the outside in, each with a dot before it; none if it is in no field.
     *
     * <p>Avro numbers the branches of the writer's union in a path through the reader, so that a path can lead nowhere;
     * the fields before that are named.
     */
    static List<String> names(Schema schema, String location) {
        List<String> names = new ArrayList<>();
        Iterator<String> tokens = Arrays.stream(location.split("/", -1))
                .filter(token -> !token.isEmpty())
                .iterator();
        Schema at = schema;
        while (tokens.hasNext()) {
            String token = tokens.next();
            if (token.equals("fields") && at.getType() == Schema.Type.RECORD && tokens.hasNext()) {
                Schema.Field field = at.getFields().get(Integer.parseInt(tokens.next()));
                names.add("." + field.name());
                at = field.schema();
            } else if (token.equals("items") && at.getType() == Schema.Type.ARRAY) {
                at = at.getElementType();
            } else if (token.equals("values") && at.getType() == Schema.Type.MAP) {
                at = at.getValueType();
            } else if (isBranch(token, at)) {
                at = at.getTypes().get(Integer.parseInt(token));
            } else if (!token.equals("type")) {
                break;
            }
        }
        return names;
    }

    private static boolean isBranch(String token, Schema at) {
        return at.getType() == Schema.Type.UNION
                && token.matches("\\d{1,6}")
                && Integer.parseInt(token) < at.getTypes().size();
    }
}
