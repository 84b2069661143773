/** What a newcomer is shown, one after the other. */
export const lessons = ["line", "time"] as const;
export type Lesson = (typeof lessons)[number];

/** The lesson that comes next; null where all were had. */
export const nextLesson = (had: readonly string[]): Lesson | null =>
  lessons.find((lesson) => !had.includes(lesson)) ?? null;
