// Ends the embedded database's thread at a sync to the disk, as a lack of memory would, from the moment a file asks for it.
import { existsSync, fsyncSync } from 'node:fs'

export function sync(file: number, path: string): void {
  fsyncSync(file)
  const folder = path.slice(0, path.lastIndexOf('/database/'))
  if (existsSync(`${folder}/end-now`)) process.exit(7)
}
