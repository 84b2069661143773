import { Pause, Play } from "lucide-react";
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import type { Remote } from "comlink";
import { useTranslation } from "react-i18next";
import { colourMap } from "../colour/colour-map.ts";
import { floatsOf } from "../data/floats.ts";
import { layoutOf } from "../data/layout.ts";
import type { Spectrogram, Tasks } from "../derive/tasks.ts";
import { useDerived } from "../derive/use-derived.ts";
import { envelopeOf } from "../draw/waveform.ts";
import { Choice } from "../parts/choice.tsx";
import { usePalette } from "../parts/palette.ts";
import { createPlayer, type Player } from "../parts/player.ts";
import { drawSpectrogram } from "../parts/draw-spectrogram.ts";
import { Surface, type Draw } from "../parts/surface.tsx";
import type { ViewerProps } from "./viewer-props.ts";

const rates = [8000, 16_000, 22_050, 44_100, 48_000] as const;
const looks = ["waveform", "spectrogram"] as const;

/** Sound: each stem a row, as a waveform or a spectrogram, to be heard alone or together. */
export function AudioViewer({ name, frame, sampleRate = 8000 }: ViewerProps) {
  const { t } = useTranslation();
  const [rate, setRate] = useState(sampleRate);
  const [look, setLook] = useState<(typeof looks)[number]>("waveform");
  const layout = layoutOf(frame.shape);
  const [stems, length] = layout.kind === "sequence" ? [layout.channels, layout.length] : [1, 0];
  const values = useMemo(() => floatsOf(frame), [frame]);
  const player = usePlayer();
  const play = (stem: number | null): void => {
    if (player.playing === stem) player.stop();
    else
      player.play(
        stem,
        mixOf(values, length, stem === null ? [...Array(stems).keys()] : [stem]),
        rate,
      );
  };
  return (
    <>
      <div className="viewers-stems">
        {Array.from({ length: stems }, (_, stem) => (
          <div className="viewers-stem" key={stem}>
            <PlayButton
              isOn={player.playing === stem}
              label={t("viewers.audio.stem", { number: stem + 1 })}
              onClick={() => play(stem)}
            />
            {look === "waveform" ? (
              <Waveform
                label={t("viewers.audio.waveformOf", { name, number: stem + 1 })}
                {...{ values, length, stem }}
              />
            ) : (
              <SpectrogramView
                label={t("viewers.audio.spectrogramOf", { name, number: stem + 1 })}
                frame={frame}
                stem={stem}
              />
            )}
          </div>
        ))}
      </div>
      <div className="viewers-controls">
        {stems > 1 && (
          <PlayButton
            isOn={player.playing === null}
            label={t("viewers.audio.all")}
            onClick={() => play(null)}
          />
        )}
        <Choice
          label={t("viewers.audio.look")}
          value={look}
          options={looks.map((value) => ({ value, title: t(`viewers.audio.${value}`) }))}
          onChange={setLook}
        />
        <Choice
          label={t("viewers.audio.rate")}
          value={String(rate)}
          options={[...new Set([...rates, sampleRate])].map((value) => ({
            value: String(value),
            title: `${value} Hz`,
          }))}
          onChange={(value) => setRate(Number(value))}
        />
        <span className="viewers-facts" translate="no">
          {(length / rate).toFixed(2)} s
        </span>
      </div>
    </>
  );
}

function PlayButton({
  isOn,
  label,
  onClick,
}: {
  readonly isOn: boolean;
  readonly label: string;
  readonly onClick: () => void;
}) {
  const Icon = isOn ? Pause : Play;
  return (
    <button
      type="button"
      className="viewers-icon"
      aria-pressed={isOn}
      aria-label={label}
      title={label}
      onClick={onClick}
    >
      <Icon size={14} aria-hidden />
    </button>
  );
}

/** The stems of the first sample, added up. */
function mixOf(
  values: Float32Array,
  length: number,
  stems: readonly number[],
): Float32Array<ArrayBuffer> {
  const mix = new Float32Array(length);
  for (const stem of stems)
    for (let i = 0; i < length; i++) mix[i] = (mix[i] ?? 0) + (values[stem * length + i] ?? 0);
  return mix;
}

/** Plays one thing at a time; `playing` is undefined while all is still. */
function usePlayer() {
  const player = useRef<Player | null>(null);
  const [playing, setPlaying] = useState<number | null | undefined>(undefined);
  useEffect(() => () => player.current?.close(), []);
  return {
    playing,
    stop: () => player.current?.stop(),
    play: (what: number | null, samples: Float32Array<ArrayBuffer>, rate: number) => {
      player.current ??= createPlayer();
      player.current.play(samples, rate, () => setPlaying(undefined));
      setPlaying(what);
    },
  };
}

interface WaveformProps {
  readonly label: string;
  readonly values: Float32Array;
  readonly length: number;
  readonly stem: number;
}

function Waveform({ label, values, length, stem }: WaveformProps) {
  const palette = usePalette();
  const draw = useCallback<Draw>(
    (context, { width, height, ratio }) => {
      const columns = Math.max(1, Math.min(length, Math.round(width * ratio)));
      const envelope = envelopeOf(values, stem * length, length, columns);
      const largest = Math.max(
        1,
        envelope.reduce((most, value) => Math.max(most, Math.abs(value)), 0),
      );
      const toY = (value: number): number => height / 2 - (value / largest) * (height / 2 - 2);
      context.fillStyle = palette.grid;
      context.fillRect(0, height / 2, width, 1);
      context.fillStyle = palette["space-signal"];
      for (let column = 0; column < columns; column++) {
        const top = toY(envelope[2 * column + 1] ?? 0);
        const bottom = toY(envelope[2 * column] ?? 0);
        context.fillRect(
          (column * width) / columns,
          top,
          width / columns,
          Math.max(1 / ratio, bottom - top),
        );
      }
    },
    [values, length, stem, palette],
  );
  return <Surface draw={draw} label={label} />;
}

function SpectrogramView({
  label,
  frame,
  stem,
}: {
  readonly label: string;
  readonly frame: ViewerProps["frame"];
  readonly stem: number;
}) {
  const work = useCallback(
    (worker: Remote<Tasks>) => worker.spectrogram(frame, stem, 512, 480),
    [frame, stem],
  );
  const spectrogram = useDerived<Spectrogram>(work);
  const draw = useCallback<Draw>(
    (context, room) => {
      if (spectrogram !== null)
        drawSpectrogram(context, room, spectrogram, colourMap("sequential"));
    },
    [spectrogram],
  );
  return <Surface draw={draw} label={label} />;
}
