import { useMemo } from "react";

/** On the canvas while the pointer is on a port: wires that lie over it then take no press. */
const mark = "canvas-on-port";

/**
 * Wires inside of a zone have to lie over its ground, and so over the ports on its rails. Where the pointer is on a port and a
 * wire at once, the port is meant.
 */
export const usePortsOverWires = (): Pick<React.HTMLAttributes<HTMLElement>, "onMouseMove"> =>
  useMemo(
    () => ({
      onMouseMove: ({ target, currentTarget, clientX, clientY }) => {
        if (!(target instanceof Element)) return;
        const isMarked = currentTarget.classList.contains(mark);
        const isOnWire = target.closest(".react-flow__edge") !== null;
        if (isOnWire === isMarked) return;
        const isOnPort = document
          .elementsFromPoint(clientX, clientY)
          .some((element) => element.classList.contains("canvas-port"));
        currentTarget.classList.toggle(mark, isOnPort);
      },
    }),
    [],
  );
