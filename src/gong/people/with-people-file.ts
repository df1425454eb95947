// Gong's people with PEOPLE_FILE laid over them. The file is read again at every refresh, so that what changes in it counts within the hour.
// While it is broken its last good version stays in force, and it is remembered as broken for admins.
import { createHash } from 'node:crypto'
import { FileTooLong, readBounded } from '../../bounded-file.ts'
import type { Clock } from '../../clock.ts'
import { rememberPeopleFile } from '../../domain/broken-people-file.ts'
import type { TenantMemory } from '../../domain/gong-ports.ts'
import { cleanText } from '../../domain/outside-text.ts'
import { ConfigError, GongRefused } from '../../errors.ts'
import type { Log } from '../../log.ts'
import type { PeopleFile } from '../source.ts'
import type { FetchPeople } from './people.ts'
import { type FilePerson, overlay, parsePeople } from './people-file.ts'

const longestFileBytes = 8 * 1024 * 1024

export interface PeopleFileDeps {
  readonly log: Log
  readonly clock: Clock
  readonly memory: TenantMemory
  /** Whether people are stored that a start with a broken file can go on by; there are none unless given. */
  readonly arePeopleStored?: (() => Promise<boolean>) | undefined
}

/** What was read of the file. */
interface Reading {
  /** The last good version; undefined where none was read since the start. */
  good?: { readonly hash: string; readonly people: readonly FilePerson[] }
  /** The version that people were last fetched with in this process. */
  fetchedWith?: string | undefined
  /** Set while the file is broken; without a hash it cannot be read. */
  broken?: { readonly hash: string | undefined; readonly problems: readonly string[] } | undefined
}

/**
 * `fetchPeople` lays the file over Gong's people; a key that may not read people (401, 403, 404) leaves the file alone.
 * @throws ConfigError at once when the file cannot be read or has problems, and nobody is stored to go on by.
 */
export async function withPeopleFile(
  path: string,
  fetchPeople: FetchPeople,
  deps: PeopleFileDeps,
): Promise<{ readonly fetchPeople: FetchPeople; readonly peopleFile: PeopleFile }> {
  const reading: Reading = {}
  await readFile(path, reading, deps.log)
  const problems = () => reading.broken?.problems ?? []
  if (!reading.good && !(await deps.arePeopleStored?.())) throw new ConfigError(problems())
  const remember = () => rememberPeopleFile(deps.memory, deps.clock.now(), problems())
  await remember()
  const readAgain = async (): Promise<void> => {
    await readFile(path, reading, deps.log)
    await remember()
  }
  return {
    peopleFile: {
      async look() {
        await readAgain()
        return reading.good?.hash
      },
      fetchedWith: () => reading.fetchedWith,
    },
    async fetchPeople(ask) {
      await readAgain()
      const { good } = reading
      if (!good) throw new ConfigError(problems())
      const answer = await laidOver(good.people, () => fetchPeople(ask), deps.log)
      reading.fetchedWith = good.hash
      return answer
    },
  }
}

async function laidOver(file: readonly FilePerson[], fetch: () => ReturnType<FetchPeople>, log: Log): ReturnType<FetchPeople> {
  try {
    const answer = await fetch()
    return { ...answer, records: overlay(answer.records, file) }
  } catch (error) {
    if (!(error instanceof GongRefused) || error.login !== undefined) throw error
    if (!error.missingScope && ![403, 404].includes(error.status)) throw error
    log.warn(
      { status: error.status, scope: error.missingScope, requestId: error.requestId },
      'Gong gives no people; PEOPLE_FILE stands alone',
    )
    return { records: overlay([], file), quarantined: [], requests: 1 }
  }
}

/** A text that was read before is not parsed again. */
async function readFile(path: string, reading: Reading, log: Log): Promise<void> {
  let hash: string | undefined
  try {
    const text = await readText(path)
    hash = createHash('sha256').update(text).digest('hex')
    if (hash === reading.broken?.hash) return
    if (hash !== reading.good?.hash) reading.good = { hash, people: await parsePeople(text) }
    reading.broken = undefined
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error
    const isNews = error.problems[0] !== reading.broken?.problems[0]
    reading.broken = { hash, problems: error.problems }
    if (isNews) log.error({ problems: error.problems }, 'PEOPLE_FILE has problems; what was read of it before stays in force')
  }
}

/** UTF-8, or the UTF-16 that spreadsheets call "Unicode text". */
function decoded(bytes: Buffer): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes)
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes)
  return bytes.toString('utf8')
}

async function readText(path: string): Promise<string> {
  try {
    return cleanText(decoded(await readBounded(path, longestFileBytes)))
  } catch (error) {
    const why = error instanceof FileTooLong ? `is longer than ${longestFileBytes} bytes` : 'cannot be read'
    throw new ConfigError([`PEOPLE_FILE names a file that ${why}`])
  }
}
