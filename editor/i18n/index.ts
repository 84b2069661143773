import i18next from "i18next";
import { initReactI18next } from "react-i18next";
import { english } from "./english.ts";

/** The pseudo-locale: English with accents, 40 % longer, to find what is not in the catalogue or has no room. */
export const pseudoLanguage = "pseudo";

/** Loads the words; `language` is what the address asks for (`?lng=pseudo`), English where it asks for none. */
export async function startI18n(language: string | null = null): Promise<void> {
  const lng = language === pseudoLanguage ? pseudoLanguage : "en";
  await i18next.use(initReactI18next).init({
    lng,
    fallbackLng: "en",
    resources: { en: { translation: english }, ...(await pseudoResources(lng)) },
    interpolation: { escapeValue: false },
    returnNull: false,
    showSupportNotice: false,
  });
  document.documentElement.lang = lng === pseudoLanguage ? "en-XA" : lng;
}

async function pseudoResources(lng: string) {
  if (lng !== pseudoLanguage) return {};
  const { pseudo } = await import("./pseudo.ts");
  return { [pseudoLanguage]: { translation: pseudo(english) } };
}
