// Lines of message text. The only maker of `Line`: plain strings are escaped on the way in, so a name or a scorecard text can
// never ping, link or format. Marks (bold, links, mentions) come from these helpers alone.

declare const made: unique symbol

/** Escaped Slack mrkdwn with its plain twin. */
export interface Line {
  readonly mrkdwn: string
  readonly plain: string
  readonly [made]: true
}
