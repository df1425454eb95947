// The database's and the machine's faults of the soak: each lasts for one beat at nine, in real time, and the app is ready again within a
// minute of its end.
import type { SoakFault } from './faults.ts'
import type { SoakedDatabase } from './soaked-database.ts'

const lost = /A database connection was lost|"database":"away"|The queue reported an error/
const yearMs = 365 * 86_400_000

/** `begin` changes what the server takes; connections that stand would not notice it. */
const serverFault = (
  name: string,
  about: Pick<SoakFault, 'explains' | 'unready'>,
  begin: (database: SoakedDatabase) => Promise<unknown>,
  end: (database: SoakedDatabase) => Promise<unknown>,
): SoakFault => ({
  name,
  lasts: 'a beat',
  ...about,
  async begin({ database }) {
    await begin(database)
    await database.endConnections()
    return async () => {
      await end(database)
      await database.endConnections()
    }
  },
})

export const databaseFaults: readonly SoakFault[] = [
  {
    name: 'connections to the database are ended again and again',
    lasts: 'a beat',
    explains: lost,
    begin({ database }) {
      const ending = setInterval(() => void database.endConnections(), 150)
      return () => clearInterval(ending)
    },
  },
  {
    name: 'connections to the database fall silent',
    lasts: 'a beat',
    explains: lost,
    begin({ database }) {
      database.network.silenceStanding()
      return () => undefined
    },
  },
  {
    name: 'the database is away',
    lasts: 'a beat',
    explains: lost,
    unready: /The database does not answer/,
    begin({ database }) {
      database.network.refuse()
      database.network.cut()
      return () => database.network.restore()
    },
  },
  serverFault(
    'the database is read-only',
    { explains: /"database":"(read-only|away)"/, unready: /The database takes no changes/ },
    ({ ask, name }) => ask(`ALTER DATABASE ${name} SET default_transaction_read_only = on`),
    async ({ ask, name }) => {
      await ask('SET default_transaction_read_only = off')
      await ask(`ALTER DATABASE ${name} RESET default_transaction_read_only`)
    },
  ),
  serverFault(
    'all connections of the database are taken',
    { explains: /"database":"(connections-taken|away)"/, unready: /All connections of the database are taken/ },
    ({ ask, user }) => ask(`ALTER ROLE ${user} CONNECTION LIMIT 0`),
    ({ ask, user }) => ask(`ALTER ROLE ${user} CONNECTION LIMIT -1`),
  ),
  serverFault(
    'the database lets its user in no more',
    { explains: /"database":"(not-let-in|away)"/, unready: /The database does not accept the user/ },
    ({ ask, user }) => ask(`ALTER ROLE ${user} NOLOGIN`),
    ({ ask, user }) => ask(`ALTER ROLE ${user} LOGIN`),
  ),
  serverFault(
    "the database's disk is full",
    { explains: /"database":"(disk-full|away)"/, unready: /The disk of the database is full/ },
    async ({ ask }) => {
      await ask(`CREATE FUNCTION no_room() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN RAISE EXCEPTION 'could not extend file: No space left on device' USING ERRCODE = '53100'; END $$`)
      await ask(`DO $$ DECLARE place record; BEGIN
        FOR place IN SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables WHERE schemaname IN ('public', 'gong_digest_queue') LOOP
          EXECUTE 'CREATE TRIGGER no_room BEFORE INSERT OR UPDATE ON ' || place.name || ' FOR EACH STATEMENT EXECUTE FUNCTION no_room()';
        END LOOP; END $$`)
    },
    ({ ask }) => ask('DROP FUNCTION no_room CASCADE'),
  ),
  {
    name: "the machine's clock is a year ahead for two minutes",
    lasts: 'a beat',
    // Gong knows no figures of next year.
    explains: /a reading of Gong failed|Gong refused a fetch/,
    async begin({ app, nine }) {
      for (const minute of [0, 1]) await app.beatAt(new Date(nine.getTime() + yearMs + minute * 60_000))
      return () => undefined
    },
  },
  {
    name: "the machine's clock is eight hours ahead for two minutes",
    lasts: 'a beat',
    async begin({ app, nine }) {
      for (const minute of [0, 1]) await app.beatAt(new Date(nine.getTime() + (8 * 60 + minute) * 60_000))
      return () => undefined
    },
  },
  ...(['killed', 'asked'] as const).map(
    (how): SoakFault => ({
      name: how === 'killed' ? 'the process is killed' : 'the process is asked to stop',
      lasts: 'a beat',
      begin:
        ({ app }) =>
        () =>
          app.restart(how),
    }),
  ),
]
