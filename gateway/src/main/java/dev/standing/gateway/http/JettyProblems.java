package dev.standing.gateway.http;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/** Requests that Jetty refuses before anybody sees them, such as headers that are too large, as problem documents. */
final class JettyProblems extends ErrorHandler {

    @Override
    public boolean errorPageForMethod(String method) {
        return true;
    }

    @Override
    protected void generateResponse(
            Request request, Response response, int refusal, String message, Throwable cause, Callback callback) {
        int code = isOfTheRequest(refusal) ? HttpStatus.BAD_REQUEST_400 : refusal;
        response.setStatus(code);
        Problem problem = new Problem(
                code,
                code(code).name(),
                "The request was refused: " + HttpStatus.getMessage(refusal),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        Envelope.address(request, response);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, Problem.CONTENT_TYPE);
        if (code == HttpStatus.SERVICE_UNAVAILABLE_503) {
            response.getHeaders().put(HttpHeader.RETRY_AFTER, "1");
        }
        byte[] bytes = problem.toJson().toString().getBytes(StandardCharsets.UTF_8);
        response.write(true, ByteBuffer.wrap(bytes), callback);
    }

    /** What Jetty gives a status of its own, or even calls a failure of the server: another version, another coding. */
    private static boolean isOfTheRequest(int refusal) {
        return refusal == HttpStatus.NOT_IMPLEMENTED_501
                || refusal == HttpStatus.UPGRADE_REQUIRED_426
                || refusal == HttpStatus.HTTP_VERSION_NOT_SUPPORTED_505;
    }

    private static ProblemCode code(int status) {
        if (status == ProblemCode.NOT_FOUND.status()) {
            return ProblemCode.NOT_FOUND;
        }
        if (status == ProblemCode.UNAVAILABLE.status()) {
            return ProblemCode.UNAVAILABLE;
        }
        return HttpStatus.isServerError(status) ? ProblemCode.INTERNAL_ERROR : ProblemCode.INVALID_REQUEST;
    }
}
