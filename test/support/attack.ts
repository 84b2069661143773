/** What hostile content might try once it were in a page; the page says how far it came. As text, since tests have no page. */
export const attack = `(async () => {
  const script = document.createElement("script");
  script.textContent = "globalThis.injected = true";
  document.body.append(script);
  const image = document.createElement("img");
  image.setAttribute("onerror", "globalThis.injected = true");
  image.src = "/none.png";
  document.body.append(image);
  await new Promise((resolve) => image.addEventListener("error", resolve));
  const link = document.createElement("a");
  link.href = "javascript:globalThis.injected = true";
  document.body.append(link);
  link.click();
  let evaluated = true;
  try {
    new Function("return 1")();
  } catch {
    evaluated = false;
  }
  const foreign = await fetch("http://127.0.0.1:9/").then(() => true, () => false);
  return { injected: "injected" in globalThis, evaluated, foreign };
})()`;

/** What comes back where nothing came through. */
export const held = { injected: false, evaluated: false, foreign: false };
