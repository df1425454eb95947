// What somebody reads whose question came while the database had trouble. Commands, buttons and forms alike end here.
import type { DatabaseFailure } from '../../database-failure.ts'

const whatIsWrong: Readonly<Record<DatabaseFailure, string>> = {
  away: 'My database does not answer right now',
  'disk-full': 'The disk of my database is full, so I can store nothing right now',
  'read-only': 'My database takes no changes right now',
  'connections-taken': 'My database has no free connection right now',
  'not-let-in': 'My database does not let me in right now',
}

export const databaseTrouble = (failure: DatabaseFailure): string =>
  `${whatIsWrong[failure]}. Nothing is lost: what was set up before is kept, and digests that are due go out once it works again. Try again in a few minutes.`
