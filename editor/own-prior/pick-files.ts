/** Files that a person chooses; empty where none was. */
export function pickFiles(accept: string): Promise<readonly File[]> {
  const input = document.createElement("input");
  input.type = "file";
  input.accept = accept;
  input.multiple = true;
  input.hidden = true;
  // outside of the document the browser may forget it while the person still chooses
  document.body.append(input);
  return new Promise((resolve) => {
    const end = (): void => {
      resolve([...(input.files ?? [])]);
      input.remove();
    };
    input.addEventListener("cancel", end);
    input.addEventListener("change", end);
    input.click();
  });
}
