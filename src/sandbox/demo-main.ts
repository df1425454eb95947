// Entry of `npm run demo`.
import { systemClock } from '../clock.ts'
import { runDemo } from './demo.ts'

// Node warns that it may change how it strips types; nobody who tries a demo can do anything about that.
process.removeAllListeners('warning')
process.exitCode = await runDemo(process.argv.slice(2), systemClock)
