// Nothing that names a forgotten person is stored, whatever somebody decides about them: whoever decided reads that it was not.
import { AskError } from '../errors.ts'
import type { PeopleStore } from '../store/people/people.ts'

/**
 * Asked after the write, which was left out where this throws. `ids`: whom it names, in Gong or Slack. `by`: who asked for it.
 * @throws AskError where one of them was forgotten
 */
export async function mustBeKept(
  ids: readonly (string | undefined)[],
  { people }: { readonly people: Pick<PeopleStore, 'forgottenAmong'> },
  by?: string,
): Promise<void> {
  const forgotten = await people.forgottenAmong(ids.flatMap((id) => id ?? []))
  if (forgotten.size === 0) return
  throw new AskError(
    by !== undefined && forgotten.has(by)
      ? 'Nothing was set up or changed: you were forgotten here, and nothing that names you has been stored since.'
      : 'Nothing was set up or changed: one of these people was forgotten here, and nothing that names them has been stored since.',
  )
}
