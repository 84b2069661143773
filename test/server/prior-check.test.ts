import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { startClient } from "./support/client.ts";
import { startTestServer } from "./support/test-server.ts";

const file = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url));
const card: unknown = JSON.parse(file("models/fashion28.json").toString());

test("a prior is checked through the socket, on pictures that the server has", async () => {
  const client = startClient(await startTestServer());
  client.send({
    type: "check",
    run: 1,
    ask: "test",
    model: { name: "mine.onnx", bytes: new Uint8Array(file("models/fashion28.onnx")), card },
    given: {},
    options: { backend: "cpu", threads: 1 },
  });
  const { answer } = await client.event(1, "checked");
  if (answer.ask !== "test") throw new Error(`it answers ${answer.ask}`);
  expect(answer).toMatchObject({ asked: "x₀, VE, told σ", synthetic: false, pictures: 3 });
  expect(answer.findings.filter(({ verdict }) => verdict === "fail")).toEqual([]);
  expect(answer.clean.shape).toEqual([1, 1, 28, 28]);
});
