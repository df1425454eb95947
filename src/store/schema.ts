// Every table of the store, by family. The SQL that makes them is in migrations/; a test holds the two together.
import * as company from './schema/company.ts'
import * as digests from './schema/digests.ts'
import * as figures from './schema/figures.ts'
import * as people from './schema/people.ts'

export const tables = { ...people, ...figures, ...digests, ...company }
