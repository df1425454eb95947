// Deletes everything kept about a person and says what went and what stays. Knows no terminal.
import { AskError } from '../../errors.ts'
import type { Store } from '../../store/store.ts'

export interface Forgetting {
  readonly personId: string
  /** Rows deleted or cleared, by table. */
  readonly rows: Readonly<Record<string, number>>
}

/** @throws AskError when nobody, or more than one person, carries the address. */
export async function forget(email: string, store: Pick<Store, 'people'>): Promise<Forgetting> {
  const wanted = email.trim().toLowerCase()
  const chart = await store.people.chart()
  const found = [...chart.people.values()].filter(({ id, emails }) => id === wanted || emails.some((one) => one.toLowerCase() === wanted))
  const [person, ...others] = found
  if (!person) throw new AskError('Nobody with this e-mail or Gong id is kept here. Aliases and ids work too.')
  if (others.length > 0)
    throw new AskError(`${found.length} people carry this e-mail. Use the Gong id instead: ${found.map(({ id }) => id).join(', ')}.`)
  return { personId: person.id, rows: await store.people.forget(person.id, '') }
}

/** For the terminal: counts by table, and what no database can take back. */
export function forgettingInWords({ rows }: Forgetting): string {
  const tables = Object.entries(rows).toSorted(([a], [b]) => (a < b ? -1 : 1))
  return [
    'Deleted or cleared, rows by table:',
    ...tables.map(([table, count]) => `  ${table.padEnd(20)} ${count}`),
    '',
    'Only a keyed hash of the Gong id stays, and of the Slack id where there is one, so that later answers of Gong and Slack leave the person out.',
    'What was posted stays in Slack until it is deleted there: digests to channels and managers, answers people kept open.',
    'In the access log of colleagues the person is "a forgotten person" from now on, until those lines are pruned.',
    "A programme for the person's own org is deleted with its digests; digests they had set up for others wait for somebody to take them over.",
    'Gong keeps its own data: ask its administrators. Backups of the database keep theirs until they are rotated.',
  ].join('\n')
}
