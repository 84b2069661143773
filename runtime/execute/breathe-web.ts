/**
 * Lets a worker hear what was sent to it: resolves when the messages that wait have been heard. A timer would wait four
 * milliseconds; a message of its own does not.
 */
export function createBreathing(): () => Promise<void> {
  const { port1, port2 } = new MessageChannel();
  const waiting: (() => void)[] = [];
  port1.onmessage = () => waiting.shift()?.();
  return () =>
    new Promise((resolve) => {
      waiting.push(resolve);
      port2.postMessage(null);
    });
}
