// An app of a whole Enterprise Grid organization is refused: its token stands for many workspaces, and every call would have to name one.

/** What an operator can do about it. */
export const orgWideInWords =
  'this token belongs to an app installed for a whole Enterprise Grid organization, which is not supported. Install the app into one workspace (Slack app → Install App, in that workspace) and take the token from there'
