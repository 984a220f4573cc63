/** Milliseconds from now until the next picture of a movie: pictures come at equal distances, and after one that is late the next ones do not hurry. */
export const pace = (now: number, last: number | null, interval: number): number => (last === null ? interval : Math.max(0, last + interval - now));

/** The place after a place: the start after the end where the movie is played again and again, else null. */
export const after = (at: number, count: number, loops: boolean): number | null => (at + 1 < count ? at + 1 : loops && count > 1 ? 0 : null);
