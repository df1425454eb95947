// Why Slack refuses the bot as a whole and who puts it right, by Slack's code: what admins read in a notice and an operator in the doctor.

export interface RefusalWords {
  /** A sentence without the code. */
  readonly what: string
  /** Sentences that name the place to press. */
  readonly remedy: string
}

const token: RefusalWords = {
  what: 'Slack does not accept SLACK_BOT_TOKEN',
  remedy: 'Copy the Bot User OAuth Token from *Slack app → OAuth & Permissions*; if the app was removed, install it again.',
}
const notAllowedHere: RefusalWords = {
  what: 'The bot has no access to this workspace any more',
  remedy: 'An org admin adds the app to the workspace again.',
}
const moving: RefusalWords = {
  what: 'Slack is moving this workspace into an Enterprise organization',
  remedy: 'Nothing is to be done until that is over; if this stays afterwards, install the app again.',
}
const restricted: RefusalWords = {
  what: 'The workspace restricts what this app may do',
  remedy: 'An admin of the workspace approves it under *Manage apps*.',
}
const outdated: RefusalWords = {
  what: 'Slack has withdrawn a method that this version of the bot uses',
  remedy: 'Whoever runs the bot brings it to the newest version.',
}

const byCode: Readonly<Record<string, RefusalWords>> = {
  invalid_auth: {
    what: token.what,
    remedy: `${token.remedy} If the token is right, look whether *OAuth & Permissions → Restrict API Token Usage* leaves this machine's address out.`,
  },
  team_access_not_granted: notAllowedHere,
  team_not_found: notAllowedHere,
  forbidden_team: notAllowedHere,
  org_login_required: moving,
  team_added_to_org: moving,
  access_denied: restricted,
  app_access_restricted: restricted,
  enterprise_is_restricted: restricted,
  ekm_access_denied: {
    what: 'Administrators have suspended posting in this workspace',
    remedy: 'They allow it again in *Enterprise Key Management*.',
  },
  two_factor_setup_required: {
    what: 'The workspace asks for two-factor authentication',
    remedy: 'Whoever installed the app sets it up, then installs the app again.',
  },
  method_deprecated: outdated,
  deprecated_endpoint: outdated,
}

export const refusalWords = (error: string): RefusalWords => byCode[error] ?? token
