// What an operator's Prometheus reads: counters the rooms report to through narrow functions, gauges asked for when scraped.
// Labels are operations, outcomes and command names; never people, channels or figures.
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import { inTime } from './in-time.ts'

export interface Metrics {
  /**
   * One request sent to Gong. `status`: the HTTP status, `error` when none came, `missing-scope` where the key may not do this one thing.
   */
  gongRequest(operation: string, status: number | 'error' | 'missing-scope'): void
  /** A delivery that reached an end. `delaySeconds`: from the planned instant to Slack's confirmation; only where sent. */
  delivery(outcome: string, delaySeconds?: number): void
  /** A slash command from receipt to its last answer. */
  command(name: string, outcome: 'answered' | 'refused' | 'failed', seconds: number): void
  /** Everything in Prometheus' text format. */
  text(): Promise<string>
  readonly contentType: string
}

/**
 * Asked at each scrape; an undefined value leaves its gauge out, and so does one that fails or takes too long: the rest is still reported.
 */
export interface Gauges {
  requestsLeftToday(): Promise<number | undefined>
  /** Age of the most recent reading of last week's interaction window. */
  windowAgeSeconds(): Promise<number | undefined>
  openDeliveries(): Promise<number | undefined>
  /** Age of Gong's list of people and of Slack's directory. */
  peopleAgeSeconds(): Promise<number | undefined>
  directoryAgeSeconds(): Promise<number | undefined>
  /** How long the longest of them has been due. */
  oldestDeliverySeconds(): Promise<number | undefined>
  /** Socket Mode's connections that stand. */
  openSockets(): Promise<number | undefined>
  heartbeatAgeSeconds(): Promise<number | undefined>
  /** The database's clock minus this machine's. */
  clockSkewSeconds(): Promise<number | undefined>
  /** For how long each lasting problem of the data has stood, by its key. */
  dataProblemSeconds(): Promise<ReadonlyMap<string, number> | undefined>
}

/** `version`: of gong-digest, shown as `gong_digest_build_info`. */
export function createMetrics(version: string, gauges: Gauges): Metrics {
  const registry = new Registry()
  const registers = [registry]
  // The process itself: memory, event loop lag, garbage collection.
  collectDefaultMetrics({ register: registry })
  new Gauge({
    name: 'gong_digest_build_info',
    help: 'Always 1; the labels say which version runs',
    labelNames: ['version', 'node'],
    registers,
  }).set({ version, node: process.versions.node }, 1)
  const requests = new Counter({
    name: 'gong_digest_gong_requests_total',
    help: 'Requests sent to Gong',
    labelNames: ['operation', 'status'],
    registers,
  })
  const deliveries = new Counter({
    name: 'gong_digest_deliveries_total',
    help: 'Digest deliveries that reached an end',
    labelNames: ['outcome'],
    registers,
  })
  const delay = new Histogram({
    name: 'gong_digest_delivery_delay_seconds',
    help: 'From the planned instant to the confirmed post',
    buckets: [1, 5, 15, 60, 300, 900, 3600, 14_400],
    registers,
  })
  const latency = new Histogram({
    name: 'gong_digest_command_seconds',
    help: 'From receipt of a slash command to its answer',
    labelNames: ['command', 'outcome'],
    buckets: [0.05, 0.1, 0.25, 0.5, 1, 2.5, 10, 60],
    registers,
  })
  const gauge = (name: string, help: string, read: () => Promise<number | undefined>) =>
    new Gauge({
      name,
      help,
      registers,
      async collect() {
        const value = await inTime(read(), undefined)
        this.remove()
        if (value !== undefined) this.set(value)
      },
    })
  gauge('gong_digest_gong_requests_left_today', "What is left of today's request budget", gauges.requestsLeftToday)
  gauge('gong_digest_window_age_seconds', "Age of last week's figures", gauges.windowAgeSeconds)
  gauge('gong_digest_people_age_seconds', "Age of Gong's list of people", gauges.peopleAgeSeconds)
  gauge('gong_digest_directory_age_seconds', "Age of Slack's directory", gauges.directoryAgeSeconds)
  gauge('gong_digest_open_deliveries', 'Deliveries that are due and not at an end', gauges.openDeliveries)
  gauge('gong_digest_oldest_delivery_seconds', 'How long the longest of these has been due', gauges.oldestDeliverySeconds)
  gauge('gong_digest_open_sockets', 'Socket Mode connections that stand', gauges.openSockets)
  gauge('gong_digest_heartbeat_age_seconds', 'Since the heartbeat last did its work', gauges.heartbeatAgeSeconds)
  gauge('gong_digest_clock_skew_seconds', "The database's clock minus this machine's", gauges.clockSkewSeconds)
  new Gauge({
    name: 'gong_digest_data_problem_seconds',
    help: 'For how long a lasting problem of people, directory or figures has stood; none while all is well',
    labelNames: ['problem'],
    registers,
    async collect() {
      const seconds = await inTime(gauges.dataProblemSeconds(), undefined)
      this.reset()
      for (const [problem, value] of seconds ?? []) this.set({ problem }, value)
    },
  })

  return {
    gongRequest: (operation, status) => requests.inc({ operation, status: String(status) }),
    delivery(outcome, delaySeconds) {
      deliveries.inc({ outcome })
      if (delaySeconds !== undefined) delay.observe(delaySeconds)
    },
    command: (command, outcome, seconds) => latency.observe({ command, outcome }, seconds),
    text: () => registry.metrics(),
    contentType: registry.contentType,
  }
}
