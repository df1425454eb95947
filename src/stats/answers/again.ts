// An answer rests on the people it began with. Where they change before its figures are read, somebody may have been forgotten in between:
// their team's sum would be shown without them, to whoever was shown it with them. So it begins again, and where they change once more
// nothing is shown.
import { PeopleChanged } from '../../errors.ts'

/** Begins each of these answers again, once, with the people there are then. */
export function againWherePeopleChange<Answers extends object>(answers: Answers): Answers {
  const again = Object.entries(answers).map(([name, answer]) => [
    name,
    (...asked: unknown[]) =>
      answer(...asked).catch((error: unknown) => {
        if (!(error instanceof PeopleChanged)) throw error
        return answer(...asked)
      }),
  ])
  return Object.fromEntries(again) as Answers
}
