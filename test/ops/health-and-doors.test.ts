// /healthz is what a load balancer sends commands by: it answers only while the service's own door is open, from the start to the end of a stop.
import { connect } from 'node:net'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { startApp } from '../../src/app.ts'
import { systemClock } from '../../src/clock.ts'
import { readConfig } from '../../src/config/config.ts'
import { createLog } from '../../src/log.ts'
import { startSimulators, unpaced } from '../cli/simulators.ts'
import { freePort } from '../kit/free-port.ts'
import { usualDatabaseSetting } from '../kit/store.ts'

let world: Awaited<ReturnType<typeof startSimulators>>
beforeAll(async () => {
  world = await startSimulators(systemClock.now())
})
afterAll(() => world?.stop())

const isOpen = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1')
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false))
    socket.once('connect', () => socket.destroy())
  })

const isHealthy = (port: number): Promise<boolean> =>
  fetch(`http://127.0.0.1:${port}/healthz`).then(
    ({ ok }) => ok,
    () => false,
  )

/** Looks again and again until the work is done. */
async function whileWaitingFor(work: Promise<unknown>, look: () => Promise<void>): Promise<void> {
  let isDone = false
  const done = work.finally(() => {
    isDone = true
  })
  while (!isDone) {
    await look()
    await nextTurn()
  }
  await done
}

it('answers no earlier and no later than commands are taken', async () => {
  const [port, healthPort] = [await freePort(), await freePort()]
  const config = readConfig({
    ...world.environment,
    ...(await usualDatabaseSetting()),
    SLACK_APP_TOKEN: '',
    SLACK_SIGNING_SECRET: world.slack.signingSecret,
    PORT: String(port),
    HEALTH_PORT: String(healthPort),
  })
  const starting = startApp(config, { clock: world.clock, log: createLog('silent'), ...unpaced })
  // Whoever finds it healthy finds the door open afterwards.
  await whileWaitingFor(starting, async () => {
    if (await isHealthy(healthPort)) expect(await isOpen(port)).toBe(true)
  })
  expect([await isHealthy(healthPort), await isOpen(port)]).toEqual([true, true])

  // Whoever finds the door closed finds it healthy no more.
  await whileWaitingFor((await starting).stop(), async () => {
    if (!(await isOpen(port))) expect(await isHealthy(healthPort)).toBe(false)
  })
  expect([await isHealthy(healthPort), await isOpen(port)]).toEqual([false, false])
})
