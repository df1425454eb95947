// Runs the projects in the order of projects.ts, the longest first, so that a run ends with short files and no processor idles at its
// end. Within a project: what waits longest, then what failed the last time, then what took longest.
import { BaseSequencer, type TestSpecification } from 'vitest/node'
import { projects } from '../projects.ts'

/** They wait for a minute or more in real time, for outages and heartbeats of other processes: meanwhile the rest uses the processors. */
const waiting = ['soak/soak.test.ts', 'ops/full-disk.test.ts']

const placeOf = ({ project, moduleId }: TestSpecification): number =>
  projects.findIndex(({ name }) => name === project.name) - (waiting.some((file) => moduleId.endsWith(`/test/${file}`)) ? 0.5 : 0)

export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    return (await super.sort(files)).toSorted((a, b) => placeOf(a) - placeOf(b))
  }
}
