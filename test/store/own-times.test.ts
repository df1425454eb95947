// Digests that programmes had set up before a row said whether its time is its own: a time other than the programme's was chosen for it alone.
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, it } from 'vitest'
import type { Programme } from '../../src/domain/programme.ts'
import { usualStore } from '../kit/store.ts'

const file = path.resolve(import.meta.dirname, '../../src/store/migrations/0019_own_times.sql')
const recurrence = { weekdays: [1, 3], time: '09:00', zone: 'Europe/Berlin' } as const
const createdAt = new Date('2026-11-25T11:00:00Z')
const programme = (kind: Programme['kind']): Programme => ({
  id: kind,
  kind,
  recurrence,
  stage: 'everyone',
  pilotTeams: [],
  whenEmpty: 'say',
  ownerSlackId: 'UOWNER',
  status: 'active',
  createdAt,
})

it('tells which digests have a time of their own', async () => {
  const store = await usualStore()
  const { subscriptions, queue } = store
  await queue.executeSql('ALTER TABLE subscriptions DROP COLUMN is_own_time, DROP COLUMN is_own_when_empty')
  const insert = async (id: string, kind: string, own: object, programmeId: string | null = kind) =>
    queue.executeSql(
      `INSERT INTO subscriptions (id, kind, subject_id, target_type, target_id, recurrence, when_empty, skip_dates, show_names, owner_slack_id, programme_id, status, created_at)
        VALUES ($1, $2, '1', 'dm', 'U1', $3, 'say', '[]', false, 'UOWNER', $4, 'active', now())`,
      [id, kind, JSON.stringify({ ...recurrence, ...own }), programmeId],
    )
  await subscriptions.insertProgramme(programme('personal'))
  await subscriptions.insertProgramme(programme('reminder'))
  await insert('as ruled', 'personal', {})
  await insert('later', 'personal', { time: '10:00' })
  await insert('on Fridays', 'personal', { weekdays: [5] })
  await insert('elsewhere', 'personal', { zone: 'Asia/Tokyo' })
  await insert('reminder as ruled', 'reminder', { weekdays: [1], zone: 'Asia/Tokyo' })
  await insert('reminder later', 'reminder', { weekdays: [1], time: '10:00' })
  await insert('reminder on Fridays', 'reminder', { weekdays: [5] })
  await insert('of no programme', 'personal', { time: '10:00' }, null)
  await queue.executeSql(readFileSync(file, 'utf8').replaceAll('--> statement-breakpoint', ''))
  const own = (await subscriptions.all()).filter(({ isOwnTime }) => isOwnTime).map(({ id }) => id)
  await store.close()
  expect(own.toSorted()).toEqual(['elsewhere', 'later', 'on Fridays', 'reminder later', 'reminder on Fridays'])
})
