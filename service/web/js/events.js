// Server-sent events out of a fetch body (EventSource cannot POST).

/**
 * @param {ReadableStream<Uint8Array>} body
 * @yields {{name: string, data: any}} data is parsed JSON
 */
export async function* serverEvents(body) {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let waiting = "";
  try {
    for (;;) {
      const { value, done } = await reader.read();
      waiting += value ?? "";
      // A lone \r at the end may be the first half of \r\n: it waits for the next piece.
      const whole = waiting.replace(/\r\n/g, "\n").replace(/\r(?=[^])/g, "\n");
      const parts = whole.split("\n\n");
      waiting = done ? "" : parts.pop();
      for (const part of parts) {
        const event = parsed(part);
        if (event) yield event;
      }
      if (done) return;
    }
  } finally {
    // Also when the caller stops in the middle: the connection is closed and the service stops working.
    await reader.cancel().catch(() => undefined);
  }
}

function parsed(part) {
  let name = "message";
  const lines = [];
  for (const line of part.split("\n")) {
    // [^] because a dot leaves out U+2028 and U+2029, which may stand in JSON as they are.
    const [, key, value] = /^([^:]*):? ?([^]*)$/.exec(line);
    if (key === "event") name = value;
    if (key === "data") lines.push(value);
  }
  return lines.length ? { name, data: JSON.parse(lines.join("\n")) } : null;
}
