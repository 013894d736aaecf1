package dev.standing.gateway.http;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.EagerContentHandler.ContentLoader;
import org.eclipse.jetty.server.handler.EagerContentHandler.ContentLoaderFactory;
import org.eclipse.jetty.util.Callback;

/**
 * Reads the body of a request as it arrives, and lets the request go on when all of it is there: a client that is slow,
 * or gone, holds memory for what it sent, but no thread.
 *
 * <p>Of a body that is too large, one byte more than the limit is passed on, which tells. The rest is read and dropped,
 * up to a multiple of the limit: a client that still writes reads no answer. All bodies together hold so much memory at
 * most, until they are answered; who comes then is asked to come later.
 *
 * <p>The bytes are copied. Jetty's own loader keeps the buffers that they came in, and a client that sends byte by byte
 * would make it keep thousands of times of what it sent.
 */
final class WholeBody extends ContentLoader {

    private static final int DRAINED_BODIES = 8;

    private final long maxReadBytes;
    private final int maxKeptBytes;
    private final BodyMemory memory;
    private final AtomicLong taken;
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
    private long readBytes;

    private WholeBody(
            Handler handler,
            Request request,
            Response response,
            Callback callback,
            int maxBodyBytes,
            BodyMemory memory,
            AtomicLong taken) {
        super(handler, request, response, Callback.from(callback, () -> memory.giveBack(taken.getAndSet(0))));
        this.memory = memory;
        this.taken = taken;
        this.maxKeptBytes = maxBodyBytes + 1;
        this.maxReadBytes = maxKeptBytes + (long) maxBodyBytes * DRAINED_BODIES;
    }

    /** What reads the bodies of all media types. */
    static ContentLoaderFactory upTo(int maxBodyBytes, BodyRoom room) {
        return new Factory(maxBodyBytes, room);
    }

    private record Factory(int maxBodyBytes, BodyRoom room) implements ContentLoaderFactory {

        /** All: Jetty takes null for any. */
        @Override
        @SuppressWarnings("NullAway")
        public String getApplicableMimeType() {
            return null;
        }

        @Override
        public ContentLoader newContentLoader(
                String contentType,
                String mimeType,
                Handler handler,
                Request request,
                Response response,
                Callback callback) {
            return new WholeBody(
                    handler, request, response, callback, maxBodyBytes, room.of(request), new AtomicLong());
        }
    }

    @Override
    protected void load() {
        // Jetty looks for the chunks and passes over what else was done to the body.
        String coding = getRequest().getHeaders().get(HttpHeader.TRANSFER_ENCODING);
        if (coding != null && !coding.equalsIgnoreCase("chunked")) {
            refuse(HttpStatus.BAD_REQUEST_400);
        } else if (hasEnded()) {
            goOn();
        }
    }

    /** Called by the thread that noticed the arrival, which must not be kept. */
    private void loadMore() {
        if (hasEnded()) {
            getRequest().getContext().execute(this::goOn);
        }
    }

    /** Reads what is there. False: that was not all, and {@link #loadMore} is called when there is more. */
    private boolean hasEnded() {
        while (readBytes < maxReadBytes) {
            Content.Chunk chunk = getRequest().read();
            if (chunk == null) {
                getRequest().demand(this::loadMore);
                return false;
            }
            if (Content.Chunk.isFailure(chunk)) {
                refuse(chunk.getFailure());
                return false;
            }
            boolean hasRoom = keep(chunk.getByteBuffer());
            chunk.release();
            if (!hasRoom) {
                refuse(HttpStatus.SERVICE_UNAVAILABLE_503);
                return false;
            }
            if (chunk.isLast()) {
                return true;
            }
        }
        return true;
    }

    /** Keeps what is wanted; false: all bodies together have no room for it. */
    private boolean keep(ByteBuffer bytes) {
        readBytes += bytes.remaining();
        int wanted = Math.min(bytes.remaining(), maxKeptBytes - kept.size());
        if (!memory.take(wanted)) {
            return false;
        }
        taken.addAndGet(wanted);
        byte[] copy = new byte[wanted];
        bytes.get(copy);
        kept.writeBytes(copy);
        return true;
    }

    private void refuse(Throwable failure) {
        refuse(failure instanceof TimeoutException ? HttpStatus.REQUEST_TIMEOUT_408 : HttpStatus.BAD_REQUEST_400);
    }

    private void refuse(int status) {
        Response.writeError(getRequest(), getResponse(), getCallback(), status);
    }

    private void goOn() {
        Content.Source body = Content.Source.from(ByteBuffer.wrap(kept.toByteArray()));
        handle(new Loaded(getRequest(), body), getResponse(), getCallback());
    }

    /** The request with a body that is there. */
    private static final class Loaded extends Request.Wrapper {

        private final Content.Source body;

        Loaded(Request request, Content.Source body) {
            super(request);
            this.body = body;
        }

        @Override
        public Content.Chunk read() {
            return body.read();
        }

        @Override
        public void demand(Runnable whenAvailable) {
            body.demand(whenAvailable);
        }
    }
}
