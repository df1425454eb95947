// Names people had in Gong or Slack before, for as long as messages of then are kept: forgetting somebody looks for these too. Nobody is shown
// them, and who is forgotten leaves none.
import { type SQL, sql } from 'drizzle-orm'
import { formerNames } from '../schema/people.ts'

/** `of`: a query that gives ids (a Gong person's or a Slack user's) and names that end now. */
export const keepFormerNames = (of: SQL, now: Date): SQL =>
  sql`INSERT INTO ${formerNames} (id, name, until) SELECT ended.id, ended.name, ${now.toISOString().slice(0, 10)}::date FROM (${of}) AS ended (id, name)
    ON CONFLICT (id, name) DO UPDATE SET until = excluded.until`
