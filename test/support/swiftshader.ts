import { existsSync, realpathSync } from "node:fs";
import { dirname, join } from "node:path";
import { findChromium } from "../../scripts/find-chromium.mjs";

/**
 * Environment variables that make Vulkan use Chromium's software driver, so that webgpu runs in Node
 * without a graphics card.
 *
 * @throws Error when this Chromium ships no such driver.
 */
export function swiftshaderEnvironment(): Readonly<Record<string, string>> {
  const folders = [
    dirname(realpathSync(findChromium())),
    "/usr/lib/chromium",
    "/usr/lib/chromium-browser",
    "/opt/google/chrome",
  ];
  const folder = folders.find((each) => existsSync(join(each, "vk_swiftshader_icd.json")));
  if (folder === undefined) throw new Error(`no vk_swiftshader_icd.json in ${folders.join(", ")}`);
  const driver = join(folder, "vk_swiftshader_icd.json");
  // Chromium brings a Vulkan loader too, for machines without libvulkan1.
  const libraries = [process.env["LD_LIBRARY_PATH"], folder].filter((path) => path).join(":");
  return { VK_ICD_FILENAMES: driver, VK_DRIVER_FILES: driver, LD_LIBRARY_PATH: libraries };
}
