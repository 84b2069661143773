// An engine that only starts runs: each begins with how many were cancelled before it.
let cancelled = 0;
process.on("message", ({ type, run, options }) => {
  if (type === "cancel") cancelled += 1;
  if (type !== "run") return;
  const event = {
    type: "started",
    backend: "cpu",
    chosen: String(cancelled),
    setUpMs: 0,
    shapes: {},
  };
  process.send({ run, event });
  if (options.seed === 1) process.send({ run, event: { type: "nonsense" } });
});
process.on("disconnect", () => process.exit(0));
