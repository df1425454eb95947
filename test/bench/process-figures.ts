// Memory and processor time of another process, as the kernel counts them (Linux): nothing runs inside the process measured.
import { readFileSync } from 'node:fs'

export interface MemoryFigures {
  readonly residentMb: number
  readonly peakMb: number
}

/** @throws Error when the process is gone */
export function memoryOf(pid: number): MemoryFigures {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8')
  const megabytes = (field: string): number => Number(new RegExp(`${field}:\\s+(\\d+) kB`).exec(status)?.[1] ?? Number.NaN) / 1024
  return { residentMb: megabytes('VmRSS'), peakMb: megabytes('VmHWM') }
}
