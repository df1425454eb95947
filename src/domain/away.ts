// Whether somebody's Slack status says that they are away. Pure; presence is not looked at: a closed laptop is no holiday.

export interface SlackStatus {
  /** `:palm_tree:` */
  readonly statusEmoji?: string
  readonly statusText?: string
}

/** Slack's own suggestion for a vacation, and what people choose beside it; a company may set its own list. */
const awayEmoji: readonly string[] = [
  ':palm_tree:',
  ':beach_with_umbrella:',
  ':desert_island:',
  ':airplane:',
  ':ski:',
  ':camping:',
  ':face_with_thermometer:',
  ':baby:',
]

const awayWords =
  /(?<![\p{L}\p{N}])(?:vacation|vacationing|o\.?o\.?o|out of (?:the )?office|holidays?|annual leave|on leave|pto|urlaub)(?![\p{L}\p{N}])/iu

/** Without skin tone and colons, so that `palm_tree` may be written as well. */
const bare = (emoji: string): string => emoji.replace(/::skin-tone-\d:$/, '').replaceAll(':', '')

/** By one of `emoji`, or by words such as vacation, OOO, holiday. No status: not away. */
export const saysAway = ({ statusEmoji, statusText }: SlackStatus, emoji: readonly string[] = awayEmoji): boolean =>
  (statusEmoji !== undefined && emoji.some((each) => bare(each) === bare(statusEmoji))) ||
  (statusText !== undefined && awayWords.test(statusText))
