import { afterEach, describe, expect, it } from 'vitest'
import { createMetrics, type Metrics } from '../../src/health/metrics.ts'
import { type HealthServer, startHealthServer } from '../../src/health/server.ts'

describe('health server', () => {
  let server: HealthServer | undefined
  afterEach(() => server?.stop())

  /** `silent`: the database never says how old the directory is. */
  async function start(problems: readonly string[] = [], notes: readonly string[] = [], silent = false) {
    const metrics = createMetrics('1.2.3', {
      requestsLeftToday: async () => 3120,
      windowAgeSeconds: async () => undefined,
      openDeliveries: async () => 0,
      oldestDeliverySeconds: async () => 0,
      openSockets: async () => 2,
      heartbeatAgeSeconds: async () => 20,
      peopleAgeSeconds: () => Promise.reject(new Error('the database is away')),
      directoryAgeSeconds: () => (silent ? new Promise<never>(() => undefined) : Promise.resolve(undefined)),
      clockSkewSeconds: async () => 0.2,
      dataProblemSeconds: async () => new Map([['people-file-broken', 7200]]),
    })
    server = await startHealthServer({ at: { port: 0, host: '127.0.0.1' }, look: async () => ({ problems, notes }), metrics })
    const at = `http://127.0.0.1:${server.port}`
    return { metrics, get: async (path: string, method = 'GET') => fetch(at + path, { method }) }
  }

  it('is ready when nothing is wrong and says what is wrong otherwise', async () => {
    const { get } = await start()
    expect((await get('/healthz')).status).toBe(200)
    expect(await (await get('/readyz')).text()).toBe('ready\n')
    await server?.stop()
    const ill = await start(['Slack has not accepted the token yet'])
    const answer = await ill.get('/readyz')
    expect(answer.status).toBe(503)
    expect(await answer.text()).toBe('Slack has not accepted the token yet\n')
    await server?.stop()
    const noted = await start([], ['The clock is off.'])
    const ready = await noted.get('/readyz')
    expect([ready.status, await ready.text()]).toEqual([200, 'ready\nThe clock is off.\n'])
  })

  it('gives everything else when one figure cannot be given', async () => {
    const { get } = await start([], [], true)
    const answer = await get('/metrics')
    const text = await answer.text()
    expect(answer.status).toBe(200)
    expect(text).toContain('gong_digest_open_sockets 2')
    expect(text).toContain('gong_digest_clock_skew_seconds 0.2')
    // One fails, the other's database is silent.
    expect(text).not.toMatch(/^gong_digest_people_age_seconds/m)
    expect(text).not.toMatch(/^gong_digest_directory_age_seconds/m)
    // The process itself, from the library's defaults.
    expect(text).toMatch(/^nodejs_eventloop_lag_seconds /m)
    expect(text).toMatch(/^process_resident_memory_bytes /m)
  })

  it('asks once for all who ask at the same time, and again for whoever comes later', async () => {
    const asked = { look: 0, text: 0 }
    const answers = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
    const metrics = {
      contentType: 'text/plain',
      text: async () => {
        asked.text += 1
        await answers[1]?.promise
        return 'counts'
      },
    } as unknown as Metrics
    const look = async () => {
      asked.look += 1
      await answers[0]?.promise
      return { problems: [], notes: [] }
    }
    server = await startHealthServer({ at: { port: 0, host: '127.0.0.1' }, look, metrics })
    const get = async (path: string) => (await fetch(`http://127.0.0.1:${server?.port}${path}`)).text()
    for (const [index, path] of ['/readyz', '/metrics'].entries()) {
      const flood = Array.from({ length: 40 }, () => get(path))
      // One that came to be answered has been asked; the others are sent by then.
      while (asked.look + asked.text <= index) await new Promise(setImmediate)
      await get('/healthz')
      answers[index]?.resolve()
      expect(new Set(await Promise.all(flood)).size).toBe(1)
    }
    // Node opens the forty connections one after the other, so that a few may come after the first answer.
    expect(asked.look).toBeLessThan(40)
    expect(asked.text).toBeLessThan(40)
    const before = asked.look
    await get('/readyz')
    expect(asked.look).toBe(before + 1)
  })

  it('says which version runs', async () => {
    const { get } = await start()
    expect(await (await get('/metrics')).text()).toContain(`gong_digest_build_info{version="1.2.3",node="${process.versions.node}"} 1`)
  })

  it('counts what the rooms report and leaves out a gauge nobody can tell', async () => {
    const { metrics, get } = await start()
    metrics.gongRequest('POST /stats/interaction', 200)
    metrics.gongRequest('POST /stats/interaction', 200)
    metrics.gongRequest('POST /stats/interaction', 429)
    metrics.delivery('sent', 12)
    metrics.command('/gong-stats', 'answered', 0.2)
    const text = await (await get('/metrics')).text()
    expect(text).toContain('gong_digest_gong_requests_total{operation="POST /stats/interaction",status="200"} 2')
    expect(text).toContain('gong_digest_deliveries_total{outcome="sent"} 1')
    expect(text).toContain('gong_digest_gong_requests_left_today 3120')
    expect(text).toContain('gong_digest_data_problem_seconds{problem="people-file-broken"} 7200')
    expect(text).toContain('gong_digest_command_seconds_count{command="/gong-stats",outcome="answered"} 1')
    expect(text).not.toMatch(/^gong_digest_window_age_seconds /m)
  })

  it('answers nothing but GET and HEAD, and names its pages elsewhere', async () => {
    const { get } = await start()
    expect((await get('/readyz', 'POST')).status).toBe(405)
    expect((await get('/secrets')).status).toBe(404)
  })
})
