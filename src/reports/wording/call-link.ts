// The link to a call in Gong: every scorecard and call that is named carries one.
import { type Line, link } from '../../render/text/text.ts'

export const callUrl = (gongAppUrl: string, callId: string): string =>
  `${gongAppUrl.replace(/\/+$/, '')}/call?id=${encodeURIComponent(callId.toWellFormed())}`

export const callLink = (gongAppUrl: string, callId: string, label = 'Open call'): Line => link(callUrl(gongAppUrl, callId), label)
