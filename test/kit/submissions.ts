// Submitted forms in memory, for tests of the edge that have no database.
import type { SubmissionStore } from '../../src/store/submissions.ts'

export function submissionsInMemory(): SubmissionStore {
  const kept = new Map<string, 'busy' | 'done'>()
  return {
    async claim(key) {
      const was = kept.get(key)
      if (was === undefined) kept.set(key, 'busy')
      return was ?? 'mine'
    },
    async settle(key, done) {
      if (done) kept.set(key, 'done')
      else kept.delete(key)
    },
    withdraw: async (key) => void kept.delete(key),
  }
}
