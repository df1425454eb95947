// How files reach the disk where the plug can be pulled: what is synced is copied beside the folder, the rest is lost. Loaded by the
// thread of the embedded database.
import { appendFileSync, copyFileSync, mkdirSync, statSync } from 'node:fs'
import path from 'node:path'

/** The folder that survives, from the folder of the data. */
export const diskOf = (dataDir: string): string => `${dataDir}-disk`

/** One line for each sync. */
export const syncsOf = (dataDir: string): string => `${dataDir}-syncs`

export function sync(_file: number, of: string): void {
  const [, dataDir = '', inside = ''] = /^(.*?\/pulled)(\/.*)?$/.exec(of) ?? []
  appendFileSync(syncsOf(dataDir), '.\n')
  const onDisk = path.join(diskOf(dataDir), inside)
  if (statSync(of).isDirectory()) return void mkdirSync(onDisk, { recursive: true })
  mkdirSync(path.dirname(onDisk), { recursive: true })
  copyFileSync(of, onDisk)
}
