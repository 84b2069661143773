/** Whether a host names the machine itself: no other one reaches it. */
export const isLoopback = (host: string): boolean =>
  /^(?:127(?:\.\d+){3}|\[::1\]|(?:.+\.)?localhost)$/u.test(host);
