// Whether Slack can reach the bot over signed HTTP, as far as this machine can tell: what lies between Slack and here cannot be seen.
import { createConnection } from 'node:net'
import type { Finding } from './finding.ts'

/** Looks whether the service, or something else, answers at the port of the request URL. */
export async function reachabilityFinding(port: number, listensAt: string | undefined): Promise<Finding> {
  const host = listensAt === undefined || ['0.0.0.0', '::'].includes(listensAt) ? '127.0.0.1' : listensAt
  if (port !== 0 && (await isOpen(port, host))) {
    // Ours refuses an unsigned request with 401.
    const status = await fetch(`http://${host.includes(':') ? `[${host}]` : host}:${port}/slack/events`, {
      method: 'POST',
      signal: AbortSignal.timeout(5000),
    }).then(
      (answer) => answer.status,
      () => undefined,
    )
    if (status === 401)
      return { area: 'Slack', state: 'good', says: `The service answers at port ${port} and refuses what Slack did not sign.` }
    return {
      area: 'Slack',
      state: 'to fix',
      says: `Something else than this bot answers at port ${port}.`,
      remedy: 'Give the bot another PORT, or stop what uses this one.',
    }
  }
  return {
    area: 'Slack',
    state: 'worth knowing',
    says: `The service is not running: nothing listens at port ${port}.`,
    remedy: 'Start it with npm start; Slack must reach it at https://your-host/slack/events, the request URL of the app.',
  }
}

const isOpen = (port: number, host: string): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = createConnection({ port, host, timeout: 2000 })
    const end = (open: boolean) => {
      socket.destroy()
      resolve(open)
    }
    socket
      .once('connect', () => end(true))
      .once('error', () => end(false))
      .once('timeout', () => end(false))
  })
