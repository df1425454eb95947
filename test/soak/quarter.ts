// `npm run test:soak [-- weeks]`: a quarter of 50 teams at high speed, faults on. Prints the counts; fails on any lost or doubled digest
// and on memory that grows.
import { startPostgres } from '../kit/postgres.ts'
import { soak } from './soak.ts'

const weeks = Number(process.argv[2] ?? 13)
const postgres = await startPostgres()
try {
  const report = await soak({ databaseUrl: await postgres.createDatabase(), teams: 50, weeks })
  console.log(report)
  const { memoryMb, duplicates, lost } = report
  const early = Math.max(...memoryMb.slice(0, Math.ceil(weeks / 3)))
  const late = Math.max(...memoryMb.slice(-Math.ceil(weeks / 3)))
  console.log(`memory: at most ${early} MB in the first third, ${late} MB in the last`)
  // A tenth is what the collector's own rhythm moves it by.
  process.exitCode = duplicates + lost > 0 || late > early * 1.1 ? 1 : 0
} finally {
  await postgres.stop()
}
