// Finds out which contract answers. `POST /stats/activity/aggregated` exists only in the document; the live service answers it with 404
// and no usable body. Live statistics also name the company's zone.
import type { Clock } from '../../clock.ts'
import type { GongContract } from '../../domain/gong-figures.ts'
import { addDays, localDateOf } from '../../domain/period.ts'
import { GongRefused, GongSurprise } from '../../errors.ts'
import { activityPath as documentedPath } from '../documented/activity.ts'
import { activityPath as livePath } from '../live/activity.ts'
import { interactionPath } from '../live/interaction.ts'
import type { Asking } from '../wire/attempts.ts'
import type { GongReply, RequestGong } from '../wire/request.ts'

const asking: Asking = { purpose: 'background' }

/**
 * One request, or two when the key lacks the scope of the first. @throws what the request throws, when the answer fits neither contract (a
 * bad key, an outage).
 */
export async function probeContract(request: RequestGong, clock: Clock): Promise<GongContract> {
  const today = localDateOf(clock.now(), 'UTC')
  const filter = { fromDateTime: `${addDays(today, -2)}T00:00:00Z`, toDateTime: `${addDays(today, -1)}T00:00:00Z` }
  try {
    await request({ method: 'POST', path: documentedPath, body: { filter } }, asking)
    return 'documented'
  } catch (error) {
    if (!(error instanceof GongRefused)) throw error
    if (error.status === 404 || error.status === 405) return 'live'
    // A documented body sent to the live service is refused by naming the field it wants.
    if (error.status === 400) return error.errors.some((text) => /\bfromDate\b/.test(text)) ? 'live' : 'documented'
    // The key lacks the scope of this path. Only one contract knows the other path.
    if (error.status === 403 || error.missingScope) return (await isUnknown(request, livePath, filter)) ? 'documented' : 'live'
    throw error
  }
}

/** Whether nothing is at this path. A refusal of another kind means that something is. */
async function isUnknown(request: RequestGong, path: string, filter: Readonly<Record<string, string>>): Promise<boolean> {
  try {
    await request({ method: 'POST', path, body: { filter } }, asking)
    return false
  } catch (error) {
    if (!(error instanceof GongRefused)) throw error
    return error.status === 404 || error.status === 405
  }
}

/**
 * The zone the live service names in an answer over the last four weeks; undefined when it has nothing to show. One request.
 * @throws GongSurprise when nothing of Gong's answers at this address.
 */
export async function probeZone(request: RequestGong, clock: Clock): Promise<string | undefined> {
  const today = localDateOf(clock.now(), 'UTC')
  const filter = { fromDate: addDays(today, -29), toDate: addDays(today, -1) }
  let reply: GongReply
  try {
    reply = await request({ method: 'POST', path: livePath, body: { filter }, emptyIs404: true }, asking).catch((error: unknown) => {
      // Interaction statistics name the zone too and need another scope.
      if (error instanceof GongRefused && (error.status === 403 || error.missingScope))
        return request({ method: 'POST', path: interactionPath, body: { filter }, emptyIs404: true }, asking)
      throw error
    })
  } catch (error) {
    if (error instanceof GongRefused && error.status === 404)
      throw new GongSurprise({
        endpoint: `POST ${livePath}`,
        requestId: error.requestId,
        what: 'neither contract answers at this address; check GONG_BASE_URL',
        paths: [],
      })
    throw error
  }
  const zone = reply.json === 'empty' ? undefined : reply.json.timeZone
  return typeof zone === 'string' && isZone(zone) ? zone : undefined
}

function isZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== ''
  } catch {
    return false
  }
}
