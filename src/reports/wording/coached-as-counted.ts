// Whose coaching a count of people gives away: `3 of 3 coached` and `0 of 3` tell of each of the three.
import type { PersonId } from '../../domain/person.ts'
import type { ReportContext } from '../section.ts'
import { concludedBy } from './viewpoint.ts'

/** Who is counted, and which of them were coached; undefined where that is not known. */
export interface Counted {
  readonly among: readonly PersonId[]
  readonly coached: readonly PersonId[] | undefined
}

/** Everybody of a count in which all were coached, or nobody: of the others where the reader, who knows their own, is one of them. */
export const coachedAsCounted = (counts: readonly Counted[], { audience }: Pick<ReportContext, 'audience'>): readonly PersonId[] =>
  counts.flatMap(({ among, coached }) =>
    coached === undefined
      ? []
      : concludedBy(audience, (isOwn) => {
          const others = among.filter((id) => !isOwn(id))
          const coachedOthers = coached.filter((id) => !isOwn(id)).length
          return coachedOthers === 0 || coachedOthers === others.length ? others : []
        }),
  )
