// Runs the projects in the order of projects.ts, the longest first, so that a run ends with short files and no processor idles at its
// end. Within a project: what failed the last time, then what took longest.
import { BaseSequencer, type TestSpecification } from 'vitest/node'
import { projects } from '../projects.ts'

const placeOf = ({ project }: TestSpecification): number => projects.findIndex(({ name }) => name === project.name)

export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    return (await super.sort(files)).toSorted((a, b) => placeOf(a) - placeOf(b))
  }
}
