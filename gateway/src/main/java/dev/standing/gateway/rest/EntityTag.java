package dev.standing.gateway.rest;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The version of a customer as an entity tag (RFC 9110, section 8.8.3).
 *
 * @param text the tag, with its quotation marks
 */
record EntityTag(String text) {

    static final String HEADER = "ETag";
    static final String IF_NONE_MATCH = "If-None-Match";

    private static final Pattern TAG = Pattern.compile("\"[^\"]*\"");

    /** The tag of a version. */
    static EntityTag of(long version) {
        return new EntityTag("\"" + version + "\"");
    }

    /**
     * Whether a list of tags has this one. Weak ones count, as they do for {@code If-None-Match}; what is no list of
     * tags has none.
     *
     * @param values the values of the header; one that is "*" has every tag
     */
    boolean isAmong(List<String> values) {
        for (String value : values) {
            if (value.strip().equals("*")) {
                return true;
            }
            Matcher tags = TAG.matcher(value);
            while (tags.find()) {
                if (tags.group().equals(text)) {
                    return true;
                }
            }
        }
        return false;
    }
}
