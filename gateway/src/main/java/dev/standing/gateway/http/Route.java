package dev.standing.gateway.http;

/**
 * What answers a method at a path.
 *
 * @param method the method; GET includes HEAD
 * @param path begins with a slash; a segment in braces, such as {@code {customerId}}, stands for any one segment, which
 *     {@link Request#path} gives. A request with a path of its own is never taken for such a one of the same method.
 * @param endpoint what answers
 */
public record Route(Method method, String path, Endpoint endpoint) {

    /** A route that reads. */
    public static Route get(String path, Endpoint endpoint) {
        return new Route(Method.GET, path, endpoint);
    }

    /** A route that takes a JSON document. */
    public static Route post(String path, Endpoint endpoint) {
        return new Route(Method.POST, path, endpoint);
    }

    /** A route that takes something away. */
    public static Route delete(String path, Endpoint endpoint) {
        return new Route(Method.DELETE, path, endpoint);
    }
}
