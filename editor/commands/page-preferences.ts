import { createPreferences } from "./preferences.ts";

/** Of this browser; kept for this page only where its storage is closed to the page. */
export const preferences = createPreferences(openStorage());

function openStorage(): Storage | null {
  try {
    return globalThis.localStorage;
  } catch (error) {
    if (error instanceof DOMException) return null;
    throw error;
  }
}

/** Whether keys are written as Apple writes them. */
export const isMac = (): boolean => /Mac|iPod|iPhone|iPad/.test(navigator.platform);
