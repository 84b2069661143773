import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { largestDifference } from "../support/backend-checks.ts";
import { runBackendChild } from "../support/run-backend-child.ts";
import { swiftshaderEnvironment } from "../support/swiftshader.ts";

const steps = 200;
const noDriver = { VK_ICD_FILENAMES: "/nowhere.json", VK_DRIVER_FILES: "/nowhere.json" };

test("webgpu in Node computes what cpu computes, and 200 chained runs leave nothing behind", () => {
  const cpu = runBackendChild("cpu", steps, {});
  const webgpu = runBackendChild("webgpu", steps, swiftshaderEnvironment());
  expect(webgpu.issues).toBeUndefined();
  expect(webgpu.id).toBe("webgpu");
  expect(largestDifference(webgpu.numbers ?? {}, cpu.numbers ?? {})).toBeLessThan(1e-4);
  expect(Math.abs((webgpu.largest ?? Number.NaN) / (cpu.largest ?? Number.NaN) - 1)).toBeLessThan(
    1e-4,
  );
  // A leak would leave 157 MB.
  expect(webgpu.grownBytes).toBeLessThan(60e6);
  expect(cpu.grownBytes).toBeLessThan(60e6);
});

test("auto stays on the cpu where webgpu is a slow software driver, and says so", () => {
  const { id, chosen } = runBackendChild("auto", 1, swiftshaderEnvironment());
  expect(id).toBe("cpu");
  expect(chosen).toMatch(/a test convolution took .* ms on webgpu and .* ms on the cpu/);
});

test("auto falls back to the cpu with a notice where there is no graphics driver", () => {
  const { id, notices } = runBackendChild("auto", 1, noDriver);
  expect(id).toBe("cpu");
  expect(notices).toHaveLength(1);
  expect(notices?.[0]).toMatch(
    /^webgpu does not work here, so the cpu is used: .*(adapter|Vulkan)/,
  );
});

test.runIf(process.platform === "linux")(
  "names the Vulkan loader where it cannot be loaded",
  () => {
    const folder = mkdtempSync(join(tmpdir(), "denoodle-no-vulkan-"));
    writeFileSync(join(folder, "libvulkan.so.1"), "");
    const { issues } = runBackendChild("webgpu", 1, { ...noDriver, LD_LIBRARY_PATH: folder });
    rmSync(folder, { recursive: true });
    expect(issues).toMatchObject([
      {
        code: "backend.unavailable",
        message:
          "The backend webgpu does not work here: the Vulkan loader libvulkan.so.1 is missing or damaged.",
      },
    ]);
  },
);
