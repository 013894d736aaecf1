package dev.standing.gateway.docs;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Properties;

/**
 * What is served for those who write clients: the OpenAPI document, and beneath {@code /docs} a page of Swagger UI that
 * shows it. Nothing comes from elsewhere, and no script stands in the page.
 */
public final class ApiDocumentation {

    /** Where the OpenAPI document is served. */
    public static final String OPEN_API = "/openapi.json";

    /** Where the page is served. */
    public static final String PAGE = "/docs";

    /** Where the files of the page are served; the segment in braces is the file's name. */
    public static final String FILES = PAGE + "/{file}";

    /**
     * The {@code Content-Security-Policy} that the page is made for: it shows and runs only what the gateway serves, and
     * talks to nobody else. Swagger UI sets styles of elements.
     */
    public static final String CONTENT_SECURITY_POLICY = "default-src 'none'; script-src 'self';"
            + " style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self';"
            + " base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private static final String HTML = "text/html; charset=utf-8";
    private static final String SCRIPT = "text/javascript; charset=utf-8";
    private static final String STYLE = "text/css; charset=utf-8";
    private static final String WEB_JAR = "/META-INF/maven/org.webjars/swagger-ui/pom.properties";

    private ApiDocumentation() {}

    /**
     * Reads all of it.
     *
     * @return immutable
     */
    public static List<Asset> read() {
        return List.of(
                Asset.of(OPEN_API, "application/json", resource("openapi.json")),
                Asset.of(PAGE, HTML, resource("index.html")),
                Asset.of(PAGE + "/initializer.js", SCRIPT, resource("initializer.js")),
                swagger("swagger-ui.css", STYLE),
                swagger("swagger-ui-bundle.js", SCRIPT),
                swagger("favicon-32x32.png", "image/png"));
    }

    private static Asset swagger(String name, String contentType) {
        String folder = "/META-INF/resources/webjars/swagger-ui/" + swaggerVersion() + "/";
        return Asset.of(PAGE + "/" + name, contentType, resource(folder + name));
    }

    /** The version is part of the paths in Swagger UI's jar, which knows it best. */
    private static String swaggerVersion() {
        Properties properties = new Properties();
        try (InputStream stream = open(WEB_JAR)) {
            properties.load(stream);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return properties.getProperty("version");
    }

    private static byte[] resource(String name) {
        try (InputStream stream = open(name)) {
            return stream.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static InputStream open(String name) {
        InputStream stream = ApiDocumentation.class.getResourceAsStream(name);
        if (stream == null) {
            throw new IllegalStateException("The class path has no " + name);
        }
        return stream;
    }
}
