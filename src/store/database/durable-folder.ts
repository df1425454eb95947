// The embedded database's files, made durable: what it has acknowledged survives a power loss. PGlite starts with `fsync` off, and its
// file system for Node leaves out the sync itself. One sync a commit, about as long as the commit takes without it.
import { closeSync, fsyncSync, openSync } from 'node:fs'
import { NodeFS } from '@electric-sql/pglite/nodefs'

/** `fdatasync`, the usual way to sync the log, never reaches the file system here; `fsync` does. */
export const durableParams = (params: readonly string[]): string[] => [
  ...params.filter((param) => param !== '-F'),
  '-c',
  'wal_sync_method=fsync',
]

/** Writes a file or folder through to the disk. Replaced by tests that lose the power. */
export type Sync = (file: number, path: string) => void

type Runtime = Parameters<NonNullable<Extract<Parameters<NodeFS['init']>[1]['preRun'], readonly unknown[]>[number]>>[0]

/** What of the file system in WebAssembly is used here. */
interface OpenFile {
  readonly node: object
  /** Of the system; missing for folders. */
  readonly nfd?: number
}
interface NodeFiles {
  readonly stream_ops: { fsync?: (file: OpenFile) => number }
  realPath(node: object): string
}

export class DurableFolder extends NodeFS {
  readonly #sync: Sync

  constructor(folder: string, sync: Sync = (file) => fsyncSync(file)) {
    super(folder)
    this.#sync = sync
  }

  override async init(...[pglite, options]: Parameters<NodeFS['init']>): ReturnType<NodeFS['init']> {
    const { emscriptenOpts } = await super.init(pglite, options)
    const withSync = (runtime: Runtime): void => {
      const { NODEFS, FS } = runtime as unknown as { NODEFS: NodeFiles; FS: { ErrnoError: new (errno: number) => Error } }
      NODEFS.stream_ops.fsync = ({ nfd, node }) => {
        const path = NODEFS.realPath(node)
        const file = nfd ?? openSync(path, 'r')
        try {
          this.#sync(file, path)
          return 0
        } catch (error) {
          throw new FS.ErrnoError((error as NodeJS.ErrnoException).code === 'ENOSPC' ? noSpace : inputOutput)
        } finally {
          if (nfd === undefined) closeSync(file)
        }
      }
    }
    return { emscriptenOpts: { ...emscriptenOpts, preRun: [emscriptenOpts.preRun ?? [], withSync].flat() } }
  }
}

/** As WebAssembly numbers them. */
const noSpace = 51
const inputOutput = 29
