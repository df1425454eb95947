// `npm run demo`: starts everything on this machine, says what it is doing, prints one address, and cleans up when it is stopped.
import { mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import type { Clock } from '../clock.ts'
import { demoHelp, readDemoOptions } from './demo-options.ts'
import { startDemo } from './start-demo.ts'

/** Resolves with the exit code once it was stopped (Ctrl-C), or at once for `--help` and options that make no sense. */
export async function runDemo(argv: readonly string[], realClock: Clock): Promise<number> {
  let options: ReturnType<typeof readDemoOptions>
  try {
    options = readDemoOptions(argv)
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error))
    console.error('npm run demo -- --help lists the options.')
    return 1
  }
  if (options === 'help') {
    console.log(demoHelp)
    return 0
  }
  const temporary = options.dataDir === undefined ? mkdtempSync(path.join(os.tmpdir(), 'gong-digest-demo-')) : undefined
  const startedAt = performance.now()
  process.stdout.write('Starting: ')
  try {
    const demo = await startDemo({
      ...options,
      news: true,
      today: realClock.now(),
      realClock,
      dataDir: options.dataDir ?? path.join(temporary ?? '', 'data'),
      onProgress: (words) => process.stdout.write(`${words} … `),
    })
    const seconds = ((performance.now() - startedAt) / 1000).toFixed(1)
    process.stdout.write(`ready in ${seconds} s\n\n  Open ${demo.url}\n\n  Ctrl-C stops it.\n`)
    await new Promise((stopped) => {
      process.once('SIGINT', stopped)
      process.once('SIGTERM', stopped)
    })
    await demo.stop()
    return 0
  } catch (error) {
    process.stdout.write('\n')
    console.error(error instanceof Error ? error.message : String(error))
    return 1
  } finally {
    if (temporary) rmSync(temporary, { recursive: true, force: true })
  }
}
