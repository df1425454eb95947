// A migrated database that a test has used, as it was before: emptying one takes a twentieth of the time of making one.
import { type SQL, sql } from 'drizzle-orm'
import { type Database, rowsOf } from '../../src/store/database/database.ts'

type Asked = Pick<Database, 'execute'>

/** Takes the rows a test left, and its queue. False where it changed more than rows: such a database is good for nothing any more. */
export type Empty = (database: Asked) => Promise<boolean>

/** `fresh`: a database as the migrations made it. What is emptied afterwards holds again what it holds. */
export async function emptyingLike(fresh: Asked): Promise<Empty> {
  const shape = await shapeOf(fresh)
  const tables = await rowsOf<{ name: string }>(fresh, sql`SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public'`)
  const filling: SQL[] = []
  for (const { name } of tables) {
    const table = sql.identifier(name)
    const [row] = await rowsOf<{ rows: unknown }>(fresh, sql`SELECT json_agg(each) AS rows FROM ${table} each`)
    const rows = JSON.stringify(row?.rows ?? [])
    if (rows !== '[]') filling.push(sql`INSERT INTO ${table} SELECT * FROM json_populate_recordset(NULL::${table}, ${rows}::json)`)
  }
  return async (database) => {
    await database.execute(sql`DROP SCHEMA IF EXISTS gong_digest_queue CASCADE`)
    if ((await shapeOf(database)) !== shape) return false
    for (const statement of [emptying, ...filling]) await database.execute(statement)
    return true
  }
}

/** Everything of ours that has a name, and what is set for this database alone. */
async function shapeOf(database: Asked): Promise<string | undefined> {
  const [row] = await rowsOf<{ shape: string }>(
    database,
    sql`WITH own AS (SELECT oid, relname FROM pg_class WHERE relnamespace = 'public'::regnamespace)
      SELECT md5(concat_ws(' ',
        (SELECT string_agg(relname || '.' || attname, ' ' ORDER BY relname, attname) FROM own JOIN pg_attribute ON attrelid = oid),
        (SELECT string_agg(tgname, ' ' ORDER BY tgname) FROM own JOIN pg_trigger ON tgrelid = own.oid),
        (SELECT string_agg(proname, ' ' ORDER BY proname) FROM pg_proc WHERE pronamespace = 'public'::regnamespace),
        (SELECT string_agg(setconfig::text, ' ') FROM pg_db_role_setting JOIN pg_database ON setdatabase = pg_database.oid
          WHERE datname = current_database()))) AS shape`,
  )
  return row?.shape
}

/** To delete a few rows is quicker than to make the files of a table anew; where they are many they would stay behind in its file. */
const emptying = sql`DO $$ DECLARE one record; BEGIN
  FOR one IN SELECT oid::regclass AS name, pg_relation_size(oid) AS bytes FROM pg_class
    WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND pg_relation_size(oid) > 0 LOOP
    EXECUTE format(CASE WHEN one.bytes > 1000000 THEN 'TRUNCATE %s' ELSE 'DELETE FROM %s' END, one.name);
  END LOOP;
  PERFORM setval(oid::regclass, 1, false) FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'S';
END $$`
