import { useEffect, useState } from "react";
import { useStore } from "zustand";
import type { Message } from "../document/history.ts";
import { type Fit } from "./fit-photo.ts";
import { openPhoto, type Photo } from "./photo.ts";
import { fittedPixels } from "./prepare.ts";
import { restoreRequest } from "./restore-request.ts";

/** The photo that was chosen, or why it cannot be. */
export interface PhotoState {
  readonly photo: Photo | null;
  readonly refused: Message | null;
  readonly open: (file: File) => Promise<void>;
}

export function usePhoto(): PhotoState {
  const [state, setState] = useState<Omit<PhotoState, "open">>({ photo: null, refused: null });
  const asked = useStore(restoreRequest, ({ file }) => file);
  const open = async (file: File): Promise<void> => {
    const opened = await openPhoto(file);
    if ("refused" in opened) setState((before) => ({ ...before, refused: opened.refused }));
    else setState({ photo: opened, refused: null });
  };
  useEffect(() => {
    if (asked === null) return;
    restoreRequest.setState({ file: null });
    void open(asked);
  }, [asked]);
  return { ...state, open };
}

/** The pixels of the photo as it is measured; null until they are there. */
export function useFitted(photo: Photo | null, fit: Fit | null): ImageData | null {
  const [pixels, setPixels] = useState<ImageData | null>(null);
  useEffect(() => {
    setPixels(null);
    if (photo === null || fit === null) return;
    let isWanted = true;
    void fittedPixels(photo.bitmap, fit).then((found) => {
      if (isWanted) setPixels(found);
    });
    return () => {
      isWanted = false;
    };
  }, [photo, fit]);
  return pixels;
}
