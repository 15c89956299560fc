// Tells the other tabs of this browser what has changed, so that none shows what is no longer there.

let channel = null;

/** @param {(change: {articles?: boolean, chats?: string, deed?: "asked"|"renamed"|"deleted"}) => void} onChange chats: the id of one */
export function startTabs(onChange) {
  channel = new BroadcastChannel("whosaid");
  channel.addEventListener("message", ({ data }) => onChange(data));
}

export function tellTabs(change) {
  channel?.postMessage(change);
}
