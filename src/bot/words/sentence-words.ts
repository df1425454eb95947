// The words that a question to the bot is made of: what it is about, and what says nothing about that.

export type AskedCommand = '/gong-stats' | '/gong-scorecards' | '/gong-coaching' | '/gong-digest'

export const topics: Readonly<Record<AskedCommand, readonly string[]>> = {
  '/gong-stats': [
    ...['talk ratio', 'talk time', 'talk to listen ratio', 'longest monologue', 'monologue', 'monologues', 'interactivity', 'patience'],
    ...['questions', 'question rate', 'call', 'calls', 'numbers', 'figures', 'stats', 'statistics', 'metrics', 'results', 'performance'],
    ...['trend', 'activity'],
  ],
  '/gong-scorecards': ['scorecard', 'scorecards', 'score card', 'score cards', 'score', 'scores', 'scored'],
  '/gong-coaching': ['coach', 'coached', 'coaching', 'coverage', '1:1', '1-1', '1 on 1', 'one on one', 'one-on-one', 'one to one'],
  '/gong-digest': ['digest', 'digests'],
}

/** They ask for figures only beside somebody or some time. */
export const weakTopics = ['do', 'did', 'does', 'doing', 'done', 'perform', 'performing', 'performed', 'go', 'going']

const fillerPhrases = [
  'show me',
  'tell me',
  'give me',
  'get me',
  'let me see',
  'let me know',
  'may i',
  'can i',
  'could i',
  'i want',
  'i would like',
  'i need',
  'week by week',
]

const fillerWords = `
  how what what's whats which who whom who's when was were is are am be been has have had show tell
  give get see look looking looked check please can could would should will you we us our a an the of
  for in on at about and or to with by from during over since it so far now not haven't havent didn't
  yet any many much there their his her need needs due hi hello hey thanks thank ok prepare prep
  preparing next meeting received
`

/** They change nothing about what is asked. */
export const fillers: ReadonlySet<string> = new Set([...fillerPhrases, ...fillerWords.trim().split(/\s+/)])

/** Words that name somebody only beside a topic: "my talk ratio", "how did I do", "hello everybody". */
export const weakWho = ['i', 'my', 'all', 'everyone', 'everybody', 'company']
