// Starts and stops the service. Problems an operator can fix end it with sentences and exit code 1; a signal finishes or hands back the
// work under way; a bug ends the process with its stack in the log.
import { startApp } from './app.ts'
import { systemClock } from './clock.ts'
import { readConfig } from './config/config.ts'
import { createLog } from './log.ts'
import { linesToRead } from './log-lines.ts'
import { handBackMemory } from './memory.ts'
import { isGongFailure, problemCount, problemsOf } from './problems.ts'
import { clean } from './render/text/text.ts'
import { safeError, safeErrorInLines } from './safe-error.ts'
import { version } from './version.ts'

const stopWithinMs = 10_000

/** Startup garbage is collectable by now; release it so that the idle process stays small. */
const settledAfterMs = 5_000

async function main(): Promise<void> {
  const config = readConfig()
  const log = createLog(config.settings.LOG_LEVEL, await linesToRead(process.stdout))
  process.on('uncaughtException', (error) => {
    log.fatal({ err: error }, 'a bug ended the process')
    process.exit(1)
  })
  log.info({ version, node: process.versions.node }, 'gong-digest starts')
  // A promise nobody waits for leaves nothing half done: it is logged as the bug it is, and everybody else goes on being answered.
  process.on('unhandledRejection', (error) => {
    log.error({ err: error }, 'a rejected promise was handled by nobody')
  })
  for (const { name, meant } of config.misspelled) log.warn({ name, meant }, 'a variable is set that is not known; another name is near')
  let isStopping = false
  const stopping = new AbortController()
  let stop: () => Promise<unknown> = async () => stopping.abort(new StoppedWhileStarting())
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.on(signal, () => {
      if (isStopping) return
      isStopping = true
      log.info({ signal }, 'stopping')
      setTimeout(() => {
        log.warn('not everything stopped in time; the rest is taken over by the next start')
        process.exit(0)
      }, stopWithinMs).unref()
      void stop()
    })
  }
  const app = await startApp(config, { clock: systemClock, log, stopSignal: stopping.signal })
  setTimeout(handBackMemory, settledAfterMs).unref()
  stop = () => app.stop().then(() => process.exit(0))
}

/** A signal that came before the service was ready. */
class StoppedWhileStarting extends Error {}

try {
  await main()
} catch (error) {
  if (error instanceof StoppedWhileStarting) process.exit(0)
  const problems = problemsOf(error)
  if (!problems) {
    console.error(`A bug stopped the start. Please report these lines:\n${safeErrorInLines(safeError(error))}`)
    process.exit(1)
  }
  console.error(`gong-digest cannot start. ${problemCount(problems.length)} to fix:`)
  for (const problem of problems) console.error(`  · ${clean(problem)}`)
  if (isGongFailure(error)) console.error('The first start needs one answer from Gong; npm run doctor shows what to do.')
  console.error('Every variable is explained in .env.example; npm run setup asks for them one by one.')
  process.exit(1)
}
