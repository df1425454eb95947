// The demo with its page: opens the simulated company and the app, serves the page over them, and on *Reset* begins again from nothing.
import { rm } from 'node:fs/promises'
import path from 'node:path'
import { fileOfKept } from './kept-demo.ts'
import { type OpenDemo, type OpenDemoOptions, openDemo } from './open-demo.ts'
import { startPage } from './page/server.ts'

export interface StartDemoOptions extends OpenDemoOptions {
  readonly host: string
  readonly port: number
}

/** What is running now: after a reset, another company, app and clock. */
export interface RunningDemo extends OpenDemo {
  readonly url: string
}

export async function startDemo(options: StartDemoOptions): Promise<RunningDemo> {
  let open = await openDemo(options)
  let resetting: Promise<void> | undefined

  async function beginAgain(): Promise<void> {
    await open.stop()
    await forget(options)
    open = await openDemo({ ...options, onProgress: () => undefined })
  }

  try {
    const page = await startPage(() => open.stage, {
      host: options.host,
      port: options.port,
      ...(options.databaseUrl === undefined && {
        reset: () => {
          resetting ??= beginAgain().finally(() => {
            resetting = undefined
          })
          return resetting
        },
      }),
    })
    return {
      url: `http://${options.host}:${page.port}/`,
      get app() {
        return open.app
      },
      get slack() {
        return open.slack
      },
      get gong() {
        return open.gong
      },
      get clock() {
        return open.clock
      },
      get stage() {
        return open.stage
      },
      get workspace() {
        return open.workspace
      },
      kept: () => open.kept(),
      async stop() {
        await page.close()
        await resetting?.catch(() => undefined)
        await open.stop()
      },
    }
  } catch (error) {
    await open.stop()
    throw error
  }
}

/** Only what the demo and its database wrote: the folder may hold more. */
async function forget({ dataDir }: StartDemoOptions): Promise<void> {
  if (dataDir.startsWith('memory:')) return
  await rm(path.join(dataDir, 'database'), { recursive: true, force: true })
  await rm(fileOfKept(dataDir), { force: true })
}
