package dev.standing.gateway.feed;

import java.util.ArrayList;
import java.util.List;

/**
 * What a browser makes of a stream (WHATWG HTML, section 9.2.6).
 *
 * @param events those that were dispatched
 * @param ids every value that the last event id had
 */
record ServerSentEvents(List<Event> events, List<String> ids) {

    /**
     * A dispatched event.
     *
     * @param id the last event id then
     */
    record Event(String id, String type, String data) {}

    static ServerSentEvents parse(String text) {
        List<Event> events = new ArrayList<>();
        List<String> ids = new ArrayList<>();
        String id = "";
        String type = "";
        StringBuilder data = new StringBuilder();
        for (String line : text.split("\r\n|\r|\n", -1)) {
            if (line.isEmpty()) {
                if (!id.isEmpty() && (ids.isEmpty() || !ids.get(ids.size() - 1).equals(id))) {
                    ids.add(id);
                }
                if (!data.isEmpty()) {
                    events.add(new Event(id, type.isEmpty() ? "message" : type, data.substring(0, data.length() - 1)));
                }
                type = "";
                data.setLength(0);
            } else if (!line.startsWith(":")) {
                int colon = line.indexOf(':');
                String field = colon < 0 ? line : line.substring(0, colon);
                String value = colon < 0 ? "" : line.substring(colon + 1);
                value = value.startsWith(" ") ? value.substring(1) : value;
                switch (field) {
                    case "id" -> id = value;
                    case "event" -> type = value;
                    case "data" -> data.append(value).append('\n');
                    default -> {}
                }
            }
        }
        return new ServerSentEvents(List.copyOf(events), List.copyOf(ids));
    }

    /** The data of all events. */
    List<String> data() {
        return events.stream().map(Event::data).toList();
    }

    /** The last event id. */
    String lastId() {
        return ids.get(ids.size() - 1);
    }
}
