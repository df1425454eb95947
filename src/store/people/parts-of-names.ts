// The words of a person's name by which others may have called them. Pure.

/** Words inside many names and many other texts: alone they are nobody's. */
const particles: ReadonlySet<string> = new Set(
  'af al av bin da das de del della den der di do dos du el ibn la las le los ten ter und van von y zu zum zur'.split(' '),
)

/** As names are compared: in small letters, and in one Unicode form, since the same letter is typed as one sign or as two. */
export const folded = (text: string): string => text.normalize('NFC').toLowerCase().normalize('NFC')

/** In small letters, each once; initials are left out, and particles unless the name begins with one. */
export const partsOfNames = (names: readonly string[]): readonly string[] => [
  ...new Set(
    names.flatMap((name) => {
      const words = folded(name).split(/[^\p{L}\p{M}\p{N}]+/u)
      return words.filter(Boolean).filter((word, at) => word.length > 1 && (at === 0 || !particles.has(word)))
    }),
  ),
]
