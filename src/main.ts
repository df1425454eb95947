// Starts the service and stops it: a wrong environment, or a Gong that cannot be asked at the first start, is told in words with exit
// code 1; a signal finishes or hands back what is under way; a bug ends the process with its stack in the log.
import { startApp } from './app.ts'
import { systemClock } from './clock.ts'
import { readConfig } from './config/config.ts'
import { ConfigError, GongRateLimited, GongRefused, GongSurprise, GongUnavailable } from './errors.ts'
import { createLog } from './log.ts'
import { handBackMemory } from './memory.ts'

const stopWithinMs = 10_000

/** By then what a start brings along is done; a bot that waits is to be small. */
const settledAfterMs = 5_000

async function main(): Promise<void> {
  const config = readConfig()
  const log = createLog(config.settings.LOG_LEVEL)
  process.on('uncaughtException', (error) => {
    log.fatal({ err: error }, 'a bug ended the process')
    process.exit(1)
  })
  const app = await startApp(config, { clock: systemClock, log })
  setTimeout(handBackMemory, settledAfterMs).unref()
  let stopping = false
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.on(signal, () => {
      if (stopping) return
      stopping = true
      log.info({ signal }, 'stopping')
      setTimeout(() => {
        log.warn('not everything stopped in time; the rest is taken over by the next start')
        process.exit(0)
      }, stopWithinMs).unref()
      void app.stop().then(() => process.exit(0))
    })
  }
}

/** What an operator can put right, in words. Undefined: a bug. */
function problemsOf(error: unknown): readonly string[] | undefined {
  if (error instanceof ConfigError) return error.problems
  const isGong = [GongRateLimited, GongRefused, GongSurprise, GongUnavailable].some((kind) => error instanceof kind)
  if (isGong && error instanceof Error)
    return [`${error.message}. The first start needs Gong's answer once; npm run doctor tells what to do`]
  return undefined
}

try {
  await main()
} catch (error) {
  const problems = problemsOf(error)
  if (!problems) throw error
  console.error(`gong-digest cannot start. ${problems.length === 1 ? 'One thing is' : `${problems.length} things are`} to be mended:`)
  for (const problem of problems) console.error(`  · ${problem}`)
  console.error('Every variable is explained in .env.example; npm run setup asks for them one by one.')
  process.exit(1)
}
