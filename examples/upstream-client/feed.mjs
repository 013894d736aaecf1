// Follows GET /v1/events, the live feed: Server-Sent Events (WHATWG HTML, section 9.2) over fetch, whose own EventSource
// in browsers cannot send an Authorization header.

/** The messages of a body that is an event stream. What the stream breaks off in the middle of is not among them. */
export async function* messages(body) {
  const decoder = new TextDecoder();
  let rest = '';
  let message = {};
  for await (const chunk of body) {
    // A line ends with CR, LF or both; a CR at the very end may be half of both.
    const lines = (rest + decoder.decode(chunk, { stream: true })).split(/\r\n|\n|\r(?!$)/);
    rest = lines.pop();
    for (const line of lines) {
      if (line === '') {
        yield message;
        message = {};
        continue;
      }
      const [, name, value] = /^([^:]*)(?:: ?(.*))?$/s.exec(line);
      if (name === 'data' && message.data !== undefined) {
        message.data += `\n${value ?? ''}`;
      } else if (name !== '') {
        // An empty name is a comment: the gateway's way to say that it is still there.
        message[name] = value ?? '';
      }
    }
  }
}

/**
 * A follower of the feed. Whenever the connection ends, the next one goes on from the id of the last message, so that no
 * event is lost and none comes twice.
 */
export class Feed {
  #url;
  #headers;
  #retry = 2000;
  #lastEventId;
  #connection;

  constructor(url, headers) {
    this.#url = url;
    this.#headers = headers;
  }

  /** Connects, and returns when it is certain that whatever happens from now on will come. */
  async begin() {
    // The first message has an id and no data: it tells where this client is before anything has happened.
    const first = await this.#message();
    if (first?.id === undefined || first.data !== undefined) {
      throw new Error(`The feed cannot be had, or does not begin with an id: ${JSON.stringify(first)}`);
    }
  }

  /** The next event, however long it takes and however often the connection ends until then. */
  async next() {
    for (;;) {
      const message = await this.#message();
      if (message?.data !== undefined) {
        return JSON.parse(message.data);
      }
      if (message === undefined) {
        await new Promise((done) => setTimeout(done, this.#retry));
      }
    }
  }

  /** Ends the connection, as a network does; the next event comes over another. */
  cut() {
    this.#connection?.abort.abort();
    this.#connection = undefined;
  }

  /** The next message; undefined if the connection has ended. */
  async #message() {
    try {
      this.#connection ??= await this.#connect();
      const { done, value } = await this.#connection.messages.next();
      if (!done) {
        this.#lastEventId = value.id ?? this.#lastEventId;
        this.#retry = Number(value.retry ?? this.#retry);
        return value;
      }
    } catch (error) {
      // What fetch throws when the other side is away, or goes away.
      if (!(error instanceof TypeError)) {
        throw error;
      }
    }
    this.#connection = undefined;
    return undefined;
  }

  async #connect() {
    const abort = new AbortController();
    const position = this.#lastEventId === undefined ? {} : { 'Last-Event-ID': this.#lastEventId };
    const response = await fetch(this.#url, { headers: { ...this.#headers, ...position }, signal: abort.signal });
    if (!response.ok) {
      throw new Error(`The feed is refused: ${response.status} ${await response.text()}`);
    }
    return { abort, messages: messages(response.body) };
  }
}
