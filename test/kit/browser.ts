// A headless Chromium for the browser tests and the pictures: the one @sparticuz/chromium carries on Linux x64, a local one elsewhere
// (CHROMIUM_PATH, or Chrome where it usually lies). Its profile and caches stay in a private folder.
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import chromiumPackage from '@sparticuz/chromium'
import { type Browser, chromium } from 'playwright-core'

const usualPlaces = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/usr/bin/google-chrome',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
]

export interface TestBrowser {
  readonly browser: Browser
  close(): Promise<void>
}

/** Where a browser is, or the words that say how to get one. */
async function findChromium(): Promise<{ readonly path: string } | { readonly words: string }> {
  const given = process.env.CHROMIUM_PATH
  if (given) return existsSync(given) ? { path: given } : { words: 'CHROMIUM_PATH names no file' }
  if (process.platform === 'linux' && process.arch === 'x64') return { path: await chromiumPackage.executablePath() }
  const local = usualPlaces.find((place) => existsSync(place))
  return local ? { path: local } : { words: 'no Chrome found; set CHROMIUM_PATH to one' }
}

/** @throws Error in words when there is no browser to be found */
export async function openBrowser(): Promise<TestBrowser> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'gong-digest-browser-'))
  const before = process.env.TMPDIR
  // @sparticuz/chromium unpacks into TMPDIR and would start a stale one that lies there.
  process.env.TMPDIR = folder
  const found = await findChromium().finally(() => {
    if (before === undefined) delete process.env.TMPDIR
    else process.env.TMPDIR = before
  })
  if ('words' in found) throw new Error(`Browser tests need a browser: ${found.words}.`)
  const browser = await chromium.launch({
    executablePath: found.path,
    headless: true,
    args: [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--no-first-run',
    ],
    env: { ...process.env, TMPDIR: folder, HOME: folder } as Record<string, string>,
  })
  return {
    browser,
    async close() {
      await browser.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
