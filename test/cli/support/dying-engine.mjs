// An engine whose native code gives up at the first request.
process.on("message", () => process.abort());
