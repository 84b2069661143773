import { tinykeys } from "tinykeys";
import type { Studio } from "../app/studio.ts";
import type { Command } from "./command.ts";
import { commandTable } from "./command-table.ts";
import { keysOf } from "./keymap.ts";
import { preferences } from "./page-preferences.ts";
import { perform, whyNot } from "./perform.ts";

/** Marks a region, by `data-focus-scope="canvas"`, whose elements hear the keys of the canvas. */
export const canvasScope = { "data-focus-scope": "canvas" } as const;

const inCanvas = '[data-focus-scope="canvas"], .react-flow';
const inDialog = '[role="dialog"], [role="alertdialog"], [role="menu"], [role="listbox"]';
const control =
  'button, a[href], summary, [role="slider"], [role="tab"], [role="switch"], [role="option"]';
/** Keys by which controls are worked. */
const controlKeys = /^(Enter| |Arrow.*|Home|End|Page.*)$/;
const buttonLike = new Set([
  "button",
  "checkbox",
  "color",
  "file",
  "image",
  "radio",
  "range",
  "reset",
  "submit",
]);

/** Listens for the keys of all commands, anew when a person chooses others; returns how to stop. */
export function bindKeys(studio: Studio, commands: readonly Command[]): () => void {
  commandTable.setState({ commands });
  const bind = () => tinykeys(window, handlers(studio, commands));
  let unbind = bind();
  const unsubscribe = preferences.keys.subscribe(() => {
    unbind();
    unbind = bind();
  });
  const endRun = ({ key }: KeyboardEvent) => {
    if (key === "Alt") studio.editor.actions.endGesture();
  };
  window.addEventListener("keyup", endRun);
  return () => {
    unsubscribe();
    unbind();
    window.removeEventListener("keyup", endRun);
  };
}

function handlers(studio: Studio, commands: readonly Command[]) {
  const { value: remapped } = preferences.keys.getState();
  return Object.fromEntries(
    commands.flatMap((command) => {
      if (command.native === true && remapped[command.id] === undefined) return [];
      return keysOf(command, remapped).map((key) => [
        key,
        (event: KeyboardEvent) => {
          if (
            isForRegion(event, studio, command) ||
            !isHeard(event, command) ||
            isIdleEscape(event, studio, command)
          )
            return;
          event.preventDefault();
          takeTyped();
          perform(studio, command);
        },
      ]);
    }),
  );
}

/** A region that was asked to take the keyboard, and has not come yet, is what the key was meant for. */
const isForRegion = (event: KeyboardEvent, { view }: Studio, { focus }: Command): boolean =>
  view.getState().focus !== null &&
  focus !== "everywhere" &&
  event.key !== "Escape" &&
  !hasModifier(event);

/** A field that has the focus hands on what was typed in it, for the command is to find it. */
export function takeTyped(): void {
  const field = document.activeElement;
  if (!(field instanceof HTMLElement) || !isTextField(field)) return;
  field.blur();
  field.focus();
}

/** Escape with nothing to leave says nothing. */
const isIdleEscape = ({ key }: KeyboardEvent, studio: Studio, command: Command): boolean =>
  key === "Escape" && whyNot(studio, command) !== null;

/** Whether a key press is for a command: keys that something nearer has used, or could, are left alone. */
function isHeard(event: KeyboardEvent, { focus }: Command): boolean {
  if (event.defaultPrevented || event.isComposing) return false;
  const target = event.target instanceof Element ? event.target : document.body;
  if (target.closest(inDialog) !== null) return false;
  if (isTextField(target)) return focus === "everywhere";
  if (controlKeys.test(event.key) && !hasModifier(event) && target.closest(control) !== null)
    return false;
  if (focus !== "canvas") return !hasTextToCopy(event);
  return isOnCanvas(target) && !hasTextToCopy(event);
}

const isOnCanvas = (target: Element): boolean =>
  target === document.body || target.closest(inCanvas) !== null;

/** Whether what is pasted with the focus there is for the canvas. */
export const takesPaste = (target: Element): boolean =>
  target.closest(inDialog) === null && !isTextField(target) && isOnCanvas(target);

const hasModifier = (event: KeyboardEvent): boolean =>
  event.ctrlKey || event.metaKey || event.altKey;

function isTextField(element: Element): boolean {
  if (element instanceof HTMLInputElement) return !buttonLike.has(element.type);
  return (
    element instanceof HTMLTextAreaElement ||
    element instanceof HTMLSelectElement ||
    (element instanceof HTMLElement && element.isContentEditable)
  );
}

/** Selected text is what copying and cutting mean. */
const hasTextToCopy = ({ key, ctrlKey, metaKey }: KeyboardEvent): boolean =>
  (ctrlKey || metaKey) && /^[cx]$/i.test(key) && window.getSelection()?.isCollapsed === false;
