// The one cleaning step for everything typed after a command: what phones, editors and Slack's own formatting add to words is taken off
// again. Mentions and text in double quotes keep their content. Understands no word itself.

/** Slack's own field takes about this much; a longer text is none that somebody typed as a question. */
const longestTyped = 2000

/** More words than any question has; each one is held against everything it could mean. */
const mostWords = 40

/** A mention, an address or a quoted name, as one word; what belongs to it directly (`'s`) is kept with it. */
const whole = /(<[@!#][^>]*>|<mailto:[^>]*>|"[^"]*")/

/**
 * The text as plain words with single spaces.
 * @example plainWords('*<@U123|ana>*’s last\u00a0week? 🙏') // "<@U123|ana>'s last week"
 */
export function plainWords(typed: string): string {
  const pieces = plainSigns(typed).split(whole)
  const text = pieces.map((piece, index) => (index % 2 === 1 ? piece : withoutDecoration(piece))).reduce(joined, '')
  const cleaned = withoutQuoteMarks(text.replace(/\s+/g, ' ').trim())
  // A question mark alone asks for help, and is no decoration.
  return cleaned === '' && typed.includes('?') ? typed.trim() : cleaned
}

/** What to say of a text that is longer than any question; undefined for one that can be read. */
export function whyTooLong(typed: string, words: readonly string[] = []): string | undefined {
  // One sign may stand for eighteen.
  const isLonger = typed.length > longestTyped || typed.normalize('NFKC').length > longestTyped
  const most = isLonger ? `${longestTyped.toLocaleString('en')} characters` : words.length > mostWords ? `${mostWords} words` : undefined
  return most && `That is longer than I read: at most ${most}. Say who and when in a few words, for example team last month.`
}

/** Invisible characters out, every kind of space, dash and quotation mark to the plain one. */
const plainSigns = (typed: string): string =>
  typed
    .toWellFormed()
    // Before signs are decomposed: an accent that stands alone becomes a space otherwise, a trade mark two letters, a keycap a number.
    .replace(/[\u00b4\u02b9-\u02bd\u055a\u05f3]/g, "'")
    .replace(/[\u2122\u2120\u2800]|[0-9#*]\ufe0f?\u20e3/g, ' ')
    .normalize('NFKC')
    .replace(/[\p{Cc}\p{Z}]+/gu, ' ')
    .replace(/[\p{Cf}\p{Default_Ignorable_Code_Point}]+/gu, '')
    .replace(/[\p{Pd}\u2043\u2212]/gu, '-')
    .replace(/[\u2018-\u201b\u2032\u2039\u203a`](?=s\b)/gi, "'")
    .replace(/[\u2018-\u201b\u2032\u2039\u203a]/g, "'")
    .replace(/'S\b/g, "'s")
    .replace(/[\u201c-\u201f\u00ab\u00bb\u2033\u300c-\u300f]/g, '"')
    .replace(/ ?\.{2,} ?|…/g, '..')
    .replace(/^\s*'([^"]*)'\s*$/, ' $1 ')
    .replace(/^\s*<((?![@#!]|mailto:|https?:)[^>]*(?:<[^>]*>[^<>]*)*)>\s*$/, ' $1 ')
    .replace(/^\s*(?:\.\.|[-/#=]+>?(?=\s))/, '')
    .replace(/\s[-/#=]+>?\s*$/, '')

/** Emoji, bold, italic, strike and code marks, bullets, arrows, brackets around words, and punctuation after them, of any script. */
const withoutDecoration = (piece: string): string =>
  piece
    .replace(/(?:[\p{Extended_Pictographic}\p{Emoji_Modifier}\p{Regional_Indicator}])+/gu, ' ')
    .replace(/:(?=[^:\s]*[a-z])[\w+'-]+:/gi, ' ')
    .replace(/(^|\s)[:;=]-?[()DP3|]+(?=\s|$)/g, '$1')
    .replace(/(^|\s)->(?=\s)|[|\p{So}\p{Sm}](?<![+~<>=])/gu, ' ')
    .replace(/(^|\s)(?:(?![-"'@#%&.])[\p{P}`~>])+/gu, '$1')
    // From the beginning of a run of marks alone: tried from each of them, a long run would take its square.
    .replace(/(?<![[\p{P}`~]--[\-"'@#%\&]])[[\p{P}`~]--[\-"'@#%\&]]+(?='s(?:\s|$))/gv, '')
    .replace(/(?<![[\p{P}`~]--[\-"'@#%\&]])[[\p{P}`~]--[\-"'@#%\&]]+(?=\s|$)/gv, '')
    .replace(/(^|\s)'([^']*)'(?=\s|$)/g, '$1$2')

/** A mention stands apart from its neighbors, except from its own `'s`. */
const joined = (text: string, piece: string, index: number): string =>
  index % 2 === 1 ? `${text} ${piece}` : piece.startsWith("'s") ? text + piece : `${text} ${piece}`

/** Around the whole text or a single mark that lost its partner; pairs inside stay for whoever reads names. */
function withoutQuoteMarks(text: string): string {
  const marks = text.match(/"/g)?.length ?? 0
  return marks % 2 === 1
    ? text
        .replace(/"(?=[^"]*$)/, ' ')
        .replace(/\s+/g, ' ')
        .trim()
    : text
}
