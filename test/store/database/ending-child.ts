// A process whose embedded database ends while it works; it would go on for a minute by itself.
import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { sql } from 'drizzle-orm'
import { systemClock } from '../../../src/clock.ts'
import { openEmbedded } from '../../../src/store/database/embedded.ts'

const dataDir = process.argv[2] ?? ''
const { database } = await openEmbedded({ dataDir, clock: systemClock, syncModule: path.join(import.meta.dirname, 'ending-sync.ts') })
await database.execute(sql`INSERT INTO tenant_values (space, key, value) VALUES ('test', 'before', 'kept')`)
setTimeout(() => process.exit(0), 60_000)
writeFileSync(path.join(dataDir, 'end-now'), '')
await database
  .execute(sql`INSERT INTO tenant_values (space, key, value) VALUES ('test', 'during', 'kept')`)
  .catch(() => console.log('failed'))
