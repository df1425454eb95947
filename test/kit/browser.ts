// A headless Chromium for the browser tests and the pictures: the one @sparticuz/chromium carries on Linux x64, a local one elsewhere
// (CHROMIUM_PATH, or Chrome where it usually lies). Its profile and caches stay in a private folder.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import chromiumPackage, { inflate } from '@sparticuz/chromium'
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

/**
 * The environment a browser needs on a machine without the libraries or fonts of a desktop: those @sparticuz/chromium carries, unpacked
 * into TMPDIR. A machine's own come first.
 */
async function missingParts(program: string): Promise<Record<string, string>> {
  const carried = path.join(path.dirname(fileURLToPath(import.meta.resolve('@sparticuz/chromium'))), '../bin')
  const { stderr } = spawnSync(program, ['--version'], { encoding: 'utf8' })
  const libraries = stderr?.includes('loading shared libraries') ? await inflate(path.join(carried, 'al2023.tar.br')) : undefined
  const fonts = existsSync('/etc/fonts/fonts.conf') ? undefined : await inflate(path.join(carried, 'fonts.tar.br'))
  // The package's own fonts.conf looks for them in /tmp.
  if (fonts !== undefined) {
    const list = `<fontconfig><dir>${fonts}</dir><cachedir>${fonts}/cache</cachedir></fontconfig>`
    writeFileSync(path.join(fonts, 'fonts.conf'), `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">${list}`)
  }
  return {
    ...(libraries !== undefined && { LD_LIBRARY_PATH: path.join(libraries, 'lib') }),
    ...(fonts !== undefined && { FONTCONFIG_PATH: fonts }),
  }
}

async function unpacked() {
  const found = await findChromium()
  if ('words' in found) throw new Error(`Browser tests need a browser: ${found.words}.`)
  return { found, missing: process.platform === 'linux' ? await missingParts(found.path) : {} }
}

/** The package unpacks into TMPDIR, and takes what lies there already. */
async function unpackedIn(folder: string) {
  const before = process.env.TMPDIR
  process.env.TMPDIR = folder
  return unpacked().finally(() => {
    if (before === undefined) delete process.env.TMPDIR
    else process.env.TMPDIR = before
  })
}

/** Unpacked once for each version of the package, since it takes seconds, and beside the other packages' caches: TMPDIR may hold a stale one. */
async function unpackedOnce() {
  const root = path.resolve(import.meta.dirname, '../..')
  const { version } = JSON.parse(readFileSync(path.join(root, 'node_modules/@sparticuz/chromium/package.json'), 'utf8')) as {
    version: string
  }
  const cache = path.join(root, 'node_modules/.cache/gong-digest')
  const folder = path.join(cache, `chromium-${version}`)
  if (!existsSync(folder)) {
    mkdirSync(cache, { recursive: true })
    const aside = mkdtempSync(`${folder}-`)
    await unpackedIn(aside)
    try {
      renameSync(aside, folder)
    } catch (error) {
      // Another test process was first.
      rmSync(aside, { recursive: true, force: true })
      if (!existsSync(folder)) throw error
    }
  }
  return unpackedIn(folder)
}

/** @throws Error in words when there is no browser to be found */
export async function openBrowser(): Promise<TestBrowser> {
  const { found, missing } = await unpackedOnce()
  const folder = mkdtempSync(path.join(os.tmpdir(), 'gong-digest-browser-'))
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
    env: { ...process.env, ...missing, TMPDIR: folder, HOME: folder } as Record<string, string>,
  })
  return {
    browser,
    async close() {
      await browser.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
