package dev.standing.gateway.http;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The header {@code Content-Type} (RFC 9110, section 8.3), as far as JSON is concerned. */
final class MediaType {

    private static final Pattern JSON =
            // Nothing is taken back: a long run of blanks would otherwise be split in all ways.
            Pattern.compile("application/json(\\s*+;(?<parameter>[^;]*+))?", Pattern.CASE_INSENSITIVE);

    private MediaType() {}

    /** Whether this is the one media type {@code application/json}, with no charset or with UTF-8. */
    static boolean isUtf8Json(List<String> contentTypes) {
        if (contentTypes.size() != 1) {
            return false;
        }
        Matcher matcher = JSON.matcher(contentTypes.get(0).strip());
        if (!matcher.matches()) {
            return false;
        }
        String parameter = matcher.group("parameter");
        return parameter == null
                || parameter.isBlank()
                || parameter.strip().toLowerCase(Locale.ROOT).replace("\"", "").equals("charset=utf-8");
    }
}
