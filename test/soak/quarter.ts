// `npm run test:soak [-- weeks [teams]]`: a quarter of 50 teams at high speed, a fault every day. Prints what came of it; fails on whatever the
// short run fails on, and on memory that grows.
import { startPostgres } from '../kit/postgres.ts'
import { soak } from './soak.ts'

const weeks = Number(process.argv[2] ?? 13)
const teams = Number(process.argv[3] ?? 50)
const postgres = await startPostgres()
try {
  const databaseUrl = await postgres.createDatabase()
  const report = await soak({ databaseUrl, teams, days: weeks * 7, onDay: (words) => console.log(words) })
  console.log(report)
  const heap = report.memory.map(({ heapMb }) => heapMb)
  const third = Math.floor(weeks / 3)
  const most = (values: readonly number[]): number => Math.max(...values)
  const [middle, last] = [most(heap.slice(third, -third)), most(heap.slice(-third))]
  console.log(`heap after collection: at most ${middle.toFixed(1)} MB in the middle third, ${last.toFixed(1)} MB in the last`)
  const wrong = [report.twice, report.lost, report.outagesToldWrong, report.unreadyWrong, report.unexplained].flat().length + report.givenUp
  // A twentieth is what the collector's own rhythm moves it by.
  process.exitCode = wrong > 0 || last > middle * 1.05 ? 1 : 0
} finally {
  await postgres.stop()
}
