package dev.standing.gateway.docs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What is served of the documentation. */
class ApiDocumentationTest {

    private static final Pattern LINK = Pattern.compile("(?:src|href)=\"([^\"]*)\"");

    private final Map<String, Asset> assets =
            ApiDocumentation.read().stream().collect(Collectors.toMap(Asset::path, Function.identity()));

    private String text(String path) {
        return new String(assets.get(path).content(), UTF_8);
    }

    @Test
    void thePageShowsTheDocumentWithWhatIsServedBesideIt() {
        Set<String> links = LINK.matcher(text("/docs"))
                .results()
                .map((MatchResult match) -> match.group(1))
                .collect(Collectors.toSet());

        assertThat(assets.keySet()).containsAll(links).contains("/openapi.json");
        assertThat(links).hasSize(4);
        assertThat(text("/docs/initializer.js")).contains("SwaggerUIBundle(", "url: \"/openapi.json\"");
        assertThat(text("/docs/swagger-ui-bundle.js")).contains("SwaggerUIBundle");
    }

    @Test
    void nothingOfThePageIsElsewhereOrNeedsAScriptWithinIt() {
        assertThat(text("/docs")).doesNotContain("//").doesNotContainPattern("<script[^>]*>[^<]|<style|\\son\\w+=");
        assertThat(text("/docs/initializer.js")).doesNotContain("://");
        assertThat(ApiDocumentation.CONTENT_SECURITY_POLICY).doesNotContain("unsafe-eval", "http");
    }

    @Test
    void everyFileHasATypeAndATagOfItsContent() {
        assertThat(assets.values())
                .allSatisfy(asset -> assertThat(asset.entityTag()).matches("\"[0-9a-f]{32}\""))
                .extracting(Asset::entityTag)
                .doesNotHaveDuplicates();
        assertThat(Asset.of("/a", "text/css", new byte[] {1}).entityTag())
                .isEqualTo(Asset.of("/b", "text/html", new byte[] {1}).entityTag());
        assertThat(assets.get("/docs").contentType()).isEqualTo("text/html; charset=utf-8");
        assertThat(assets.get("/docs/favicon-32x32.png").contentType()).isEqualTo("image/png");
    }

    @Test
    void theDocumentNamesTheFiles() {
        OpenApi openApi = new OpenApi();

        Set<String> documented = new TreeSet<>();
        openApi.at("/components/parameters/Asset/schema/enum")
                .forEach(name -> documented.add("/docs/" + name.asText()));

        assertThat(assets.keySet())
                .filteredOn(path -> path.startsWith("/docs/"))
                .containsExactlyInAnyOrderElementsOf(documented);
    }
}
