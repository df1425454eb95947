// What goes wrong on a day of the soak: one entry each, drawn by a seed. Append to the list; each ends by itself or by what it returns.
import type { SimulatedCompany } from '../bench/simulated-company.ts'

interface SoakFault {
  readonly name: string
  /** Begins it; the returned function ends it at noon. */
  begin(company: SimulatedCompany): () => void
}

const answering = (error: string, method: string, times?: number): SoakFault => ({
  name: error,
  begin: ({ slack }) => slack.faults.add({ type: 'error', method, error }, times),
})

const soakFaults: readonly SoakFault[] = [
  answering('messages_tab_disabled', 'chat.postMessage'),
  answering('team_access_not_granted', 'chat.postMessage'),
  answering('fetch_members_failed', 'conversations.members', 3),
  answering('external_channel_migrating', 'chat.postMessage', 3),
  answering('accesslimited', 'users.list', 3),
  { name: 'token revoked', begin: ({ slack }) => slack.faults.add({ type: 'token-revoked' }) },
  { name: 'a page in place of Slack', begin: ({ slack }) => slack.faults.add({ type: 'not-slack', body: '<html>Sign in</html>' }) },
  { name: 'half an answer', begin: ({ slack }) => slack.faults.add({ type: 'not-slack', body: '{"ok":true,"chan' }) },
]

/** One fault for each day number, the same for the same seed. */
export function faultOf(seed: number, day: number): SoakFault {
  // Mulberry32, one step.
  let state = (Math.imul(seed + day, 0x6d2b79f5) + 0x6d2b79f5) | 0
  state = Math.imul(state ^ (state >>> 15), state | 1)
  state ^= state + Math.imul(state ^ (state >>> 7), state | 61)
  return soakFaults[((state ^ (state >>> 14)) >>> 0) % soakFaults.length] as SoakFault
}
