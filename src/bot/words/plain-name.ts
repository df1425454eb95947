// A name as it is compared: what people type seldom has the accents, dots and hyphens of what Gong has.

/** Letters that are no other letter with a mark. */
const letters: Readonly<Record<string, string>> = {
  ı: 'i',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  ħ: 'h',
  þ: 'th',
  æ: 'ae',
  œ: 'oe',
  ß: 'ss',
}

/** Lower case, without accents and apostrophes, dots and hyphens as spaces: `Şule O'Brien-Yılmaz` is `sule obrien yilmaz`. */
export const plainName = (text: string): string =>
  isPlain.test(text)
    ? text.toLowerCase()
    : text
        .normalize('NFKD')
        .replace(/\p{M}+/gu, '')
        .toLowerCase()
        .replace(/[ıøłđðħþæœß]/g, (letter) => letters[letter] ?? letter)
        .replace(/['’ʼ`´]/g, '')
        .replace(/[\s._-]+/g, ' ')
        .trim()

/** Most names are letters and single spaces, and thousands are compared at once. */
const isPlain = /^[a-z0-9]+(?: [a-z0-9]+)*$/i

const spelledOut: Readonly<Record<string, string>> = { ä: 'ae', ö: 'oe', ü: 'ue', å: 'aa' }

/** Each way the name is written without its marks: `Müller` is `muller` and `mueller`. */
export const plainNames = (text: string): readonly string[] => {
  if (isPlain.test(text)) return [plainName(text)]
  const inFull = text
    .normalize('NFC')
    .toLowerCase()
    .replace(/[äöüå]/g, (letter) => spelledOut[letter] ?? letter)
  return [...new Set([plainName(text), plainName(inFull)])]
}
