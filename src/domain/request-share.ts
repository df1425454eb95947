// How a day's requests are shared out. The last tenth is kept for scheduled work, so that questions never use up what Monday's
// digests need.

/** Requests of a day that anything but scheduled work may use. */
export const openToAll = (perDay: number): number => perDay - Math.ceil(perDay / 10)
