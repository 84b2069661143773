import { expect, test } from "vitest";
import { isLoopback } from "./loopback.ts";

test.each(["127.0.0.1", "127.8.0.9", "localhost", "denoodle.localhost", "[::1]"])(
  "%s is this machine",
  (host) => {
    expect(isLoopback(host)).toBe(true);
  },
);

test.each(["192.168.0.2", "example.org", "localhost.example.org", "1270.0.0.1", ""])(
  "%s is another",
  (host) => {
    expect(isLoopback(host)).toBe(false);
  },
);
