/** The id of the breakpoint that stands where a run was asked to go to, as none of a document is called. */
export const untilId = "until";
