// Whoever sets up a digest for somebody else sees no more of it than a command would show them, and nobody is sent more than they may see:
// every viewer of the policy's table, every kind, every destination. Each statistic that is asked for is held against the policy.
import { describe, expect, it } from 'vitest'
import { buildPreview } from '../../src/digests/build-digest.ts'
import { type CheckDeps, checkDraft } from '../../src/digests/check-draft.ts'
import { type BuildDeps, prepare } from '../../src/digests/prepare.ts'
import { maySee, type Subject, type Viewer } from '../../src/domain/policy.ts'
import type { DigestKind } from '../../src/domain/subscription.ts'
import { AskError } from '../../src/errors.ts'
import type { BuiltDigest } from '../../src/reports/digest.ts'
import { buildDigest } from '../../src/reports/digests/index.ts'
import { chart, testKit, viewers, type Watched } from '../bot/commands/company.ts'
import { cells } from '../bot/commands/policy-table.ts'
import { audience, by, delivery, digest, parts, to } from './rights-parts.ts'

const today = '2026-11-23'
const kindsOf: Readonly<Record<Subject['type'], readonly DigestKind[]>> = {
  person: ['personal'],
  team: ['team', 'manager'],
  org: ['org'],
  company: ['company'],
}
const subjectIdOf = (subject: Subject): string | undefined =>
  subject.type === 'person' ? subject.personId : subject.type === 'company' ? undefined : subject.managerId
/** Where several of the table are one Slack user, it is the viewer. */
const readersBeside = (viewer: Viewer) =>
  Object.entries(viewers).map(([name, reader]) => [name, reader.slackUserId === viewer.slackUserId ? viewer : reader] as const)
const inChannel = { destination: { type: 'channel', channelId: 'C1' } } as const
const mustBeByName = (kind: DigestKind) => kind === 'manager' || kind === 'org'

const seesByName = (viewer: Viewer, subject: Subject): boolean => {
  const verdict = maySee(viewer, subject, chart, today)
  return verdict.allowed && verdict.detail === 'by-name'
}

/** Everything that was asked for by name, or is shown by name, of what this viewer may not see so. */
const beyond = (viewer: Viewer, watched: readonly Watched[], shows: readonly string[]): readonly unknown[] => [
  ...watched.filter(({ subject, detail }) => detail === 'by-name' && !seesByName(viewer, subject)),
  ...shows.filter((personId) => !seesByName(viewer, { type: 'person', personId })),
]

const depsFor = (about: readonly Viewer[], kit = testKit()): { readonly deps: BuildDeps; readonly watched: readonly Watched[] } => ({
  deps: {
    ...parts,
    stats: kit.services.stats,
    build: buildDigest,
    viewerOf: async (id) => about.find(({ slackUserId }) => slackUserId === id) ?? (await parts.viewerOf(id)),
    readersIn: async () => audience(true, viewers.manager, viewers.rep),
  },
  watched: kit.watched,
})

const previewed = async (work: Promise<BuiltDigest>): Promise<BuiltDigest | undefined> => {
  try {
    return await work
  } catch (error) {
    if (error instanceof AskError) return undefined
    throw error
  }
}

const drafts = cells.flatMap((cell) => kindsOf[cell.subject.type].map((kind) => ({ ...cell, kind })))

describe.each(drafts)('$role, a $kind digest about $typed: $verdict', ({ by: viewer, verdict, kind, subject }) => {
  const of = { kind, subjectId: subjectIdOf(subject) }
  const enough = verdict === 'N' || (verdict === 'M' && !mustBeByName(kind))

  it('previews no more than they may see, whoever would get it', async () => {
    for (const [name, reader] of readersBeside(viewer)) {
      const { deps, watched } = depsFor([viewer, reader])
      const { recurrence } = digest({})
      const built = await previewed(buildPreview(viewer, { ...of, showNames: false, recurrence, ...to(reader) }, deps))
      expect(beyond(viewer, watched, built?.shows ?? []), `to ${name}`).toEqual([])
      expect(built !== undefined, `to ${name}`).toBe(enough)
    }
  })

  it('previews no more where a channel would get it, with and without names', async () => {
    for (const showNames of [false, true]) {
      const { deps, watched } = depsFor([viewer])
      const { recurrence } = digest({})
      const built = await previewed(buildPreview(viewer, { ...of, showNames, recurrence, ...inChannel }, deps))
      expect(beyond(viewer, watched, built?.shows ?? [])).toEqual([])
      if (verdict !== 'N') expect(built).toBeUndefined()
    }
  })

  it('sets up only what they may see themselves, and that only for who may see it', async () => {
    for (const [name, reader] of readersBeside(viewer)) {
      const { deps } = depsFor([viewer, reader])
      const checking = { ...deps, store: checkedStore, gate: { check: async () => ({ type: 'unknown' }) }, botName: 'gong-digest' }
      const checked = await checkDraft(viewer, digest({ ...of, ...to(reader) }), checking as unknown as CheckDeps)
      if (!enough) expect(checked, `to ${name}`).toMatchObject({ ok: false, field: 'about' })
      else if (checked.ok) expect(maySee(reader, subject, chart, today).allowed, `to ${name}`).toBe(true)
    }
  })

  it('sends each reader what that reader may see, while they may see it so themselves', async () => {
    for (const [name, reader] of readersBeside(viewer)) {
      const { deps, watched } = depsFor([reader, viewer])
      const prepared = await prepare(digest({ ...of, ...by(viewer), ...to(reader) }), delivery, undefined, deps)
      if (prepared.type === 'hold') continue
      const built = await buildDigest(prepared.request, prepared.context)
      expect(enough, `to ${name}`).toBe(true)
      expect(beyond(reader, watched, built.shows), `to ${name}`).toEqual([])
    }
  })
})

const checkedStore = { people: { chart: async () => chart }, subscriptions: { optedOut: async () => new Set<string>() } }
