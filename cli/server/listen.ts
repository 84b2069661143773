import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { issueError } from "../../runtime/base/issue.ts";

const tried = 50;

/**
 * Listens at a port of the host.
 *
 * @param exact whether no other port will do; else the next that is free is taken.
 * @returns the port.
 * @throws IssueError `server.port`, `server.host`.
 */
export async function listen(
  server: Server,
  host: string,
  port: number,
  exact: boolean,
): Promise<number> {
  const ports = exact || port === 0 ? [port] : Array.from({ length: tried }, (_, i) => port + i);
  for (const each of ports) if (await tryPort(server, host, each)) return portOf(server);
  throw issueError(
    "server.port",
    `Port ${port}${exact ? "" : ` and the ${tried - 1} after it`} cannot be listened at: another program has it.`,
    {},
    { fix: "Name another with --port, or leave --port out." },
  );
}

const portOf = (server: Server): number => (server.address() as AddressInfo).port;

/** Whether it listens now; false where another program does. */
function tryPort(server: Server, host: string, port: number): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const fail = (error: NodeJS.ErrnoException): void => {
      server.off("listening", done);
      if (error.code === "EADDRINUSE" || error.code === "EACCES") resolve(false);
      else
        reject(
          issueError(
            "server.host",
            `${host} cannot be listened at (${error.code ?? error.message}).`,
          ),
        );
    };
    const done = (): void => {
      server.off("error", fail);
      resolve(true);
    };
    server.once("error", fail);
    server.once("listening", done);
    server.listen(port, host);
  });
}
