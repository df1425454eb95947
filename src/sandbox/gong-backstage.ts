// Gong's side of backstage: its request log as the page shows it, and the switches for what Gong can do wrong.
import type { Backstage } from './demo-stage.ts'
import type { GongFault } from './gong/faults.ts'
import type { SimulatedGong } from './gong/simulated-gong.ts'

const switches: readonly { readonly id: string; readonly label: string; readonly about: string; readonly fault: GongFault }[] = [
  { id: 'gong-slow', label: 'Slow', about: 'every answer takes 3 s', fault: { type: 'slow', delayMs: 3000 } },
  { id: 'gong-429', label: 'Too many requests', about: 'every call: 429, wait 2 s', fault: { type: 'rate-limited', retryAfterSeconds: 2 } },
  { id: 'gong-down', label: 'Gong is down', about: 'every connection breaks', fault: { type: 'down' } },
  { id: 'gong-bad', label: 'Bad answers', about: 'talk ratios of 140 %', fault: { type: 'bad-figures' } },
]

export function gongBackstage(gong: SimulatedGong): Backstage {
  const on = new Map<string, () => void>()
  return {
    log: () =>
      gong.log.all().map(({ at, method, path, query, body, status, records, error }) => ({
        at,
        direction: 'app → Gong',
        name: `${method} ${path}`,
        detail: [records === undefined ? '' : `${records} records`, query, body].filter(Boolean).join(' · ').slice(0, 160),
        status,
        ...(error !== undefined && { error }),
      })),
    faults: () => switches.map(({ id, label, about }) => ({ id, label, about, group: 'Gong' as const, on: on.has(id) })),
    setFault(id, wanted) {
      const known = switches.find((one) => one.id === id)
      if (!known) return false
      on.get(id)?.()
      on.delete(id)
      if (wanted) on.set(id, gong.faults.add(known.fault))
      return true
    },
    onChange: (listener) => gong.log.subscribe(listener),
  }
}
