/** Plays samples through the loudspeaker, one thing at a time. */
export interface Player {
  /** Calls `ended` once, when it is over or was stopped. */
  play(samples: Float32Array<ArrayBuffer>, sampleRate: number, ended: () => void): void;
  stop(): void;
  close(): void;
}

export function createPlayer(): Player {
  const context = new AudioContext();
  let source: AudioBufferSourceNode | null = null;
  const stop = (): void => {
    source?.stop();
    source = null;
  };
  return {
    stop,
    play(samples, sampleRate, ended) {
      stop();
      const buffer = context.createBuffer(1, samples.length, sampleRate);
      buffer.copyToChannel(samples.map(audible), 0);
      const next = context.createBufferSource();
      next.buffer = buffer;
      next.connect(context.destination);
      next.addEventListener("ended", () => {
        if (source === next) source = null;
        if (source === null) ended();
      });
      source = next;
      void context.resume();
      next.start();
    },
    close() {
      stop();
      void context.close();
    },
  };
}

/** Noise of any size and what is no number must not hurt ears. */
const audible = (value: number): number =>
  Number.isFinite(value) ? Math.min(1, Math.max(-1, value)) : 0;
