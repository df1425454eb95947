// A name as it is compared: what people type seldom has the accents, dots and hyphens of what Gong has.

/** Lower case, without accents, dots and hyphens as spaces. */
export const plainName = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(/[._-]+/g, ' ')
    .trim()
