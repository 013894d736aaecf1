package dev.standing.gateway.docs;

import dev.standing.gateway.http.Answer;
import dev.standing.gateway.http.Problem;
import dev.standing.gateway.http.ProblemCode;
import dev.standing.gateway.http.Request;
import dev.standing.gateway.http.Route;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Serves the documentation, to anybody. */
public final class DocumentationRoutes {

    private static final String FILE = "file";

    private final Map<String, Asset> assets;

    private DocumentationRoutes(List<Asset> assets) {
        this.assets = assets.stream().collect(Collectors.toUnmodifiableMap(Asset::path, Function.identity()));
    }

    /** The routes. */
    public static List<Route> all() {
        DocumentationRoutes routes = new DocumentationRoutes(ApiDocumentation.read());
        return List.of(
                routes.at(ApiDocumentation.OPEN_API, request -> ApiDocumentation.OPEN_API),
                routes.at(ApiDocumentation.PAGE, request -> ApiDocumentation.PAGE),
                routes.at(ApiDocumentation.FILES, request -> ApiDocumentation.PAGE + "/" + request.path(FILE)));
    }

    private Route at(String path, Function<Request, String> asset) {
        return Route.get(path, request -> CompletableFuture.completedFuture(answer(request, asset.apply(request))))
                .openTo();
    }

    private Answer answer(Request request, String path) {
        return Optional.ofNullable(assets.get(path))
                .map(asset -> answer(request, asset))
                .orElseGet(() -> Answer.problem(Problem.of(ProblemCode.NOT_FOUND, "There is nothing at this path")));
    }

    private static Answer answer(Request request, Asset asset) {
        Answer answer = request.headers("If-None-Match").contains(asset.entityTag())
                ? Answer.notModified()
                : Answer.bytes(asset.contentType(), asset.content());
        return answer.with("ETag", asset.entityTag())
                .with("Cache-Control", "no-cache")
                .with("Content-Security-Policy", ApiDocumentation.CONTENT_SECURITY_POLICY);
    }
}
