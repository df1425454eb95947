// Lists that Slack gives page by page, always read to an end: a cursor that comes back, or more pages than any workspace has, is a failure.

import { AnswerTooLong } from '../bounded-answer.ts'

/** Slack goes on giving cursors. */
export class EndlessList extends Error {
  override readonly name = 'EndlessList'
  /** How such a failure is named in logs and notices. */
  readonly code = 'endless_list'
  constructor(pages: number) {
    super(`Slack's list did not end after ${pages} pages`)
  }
}

/** What was asked for is not in the answer: it says nothing, and is no empty list. */
export class Incomplete extends Error {
  /** How such a failure is named in logs and notices. */
  readonly code = 'incomplete_answer'
}

/** `most`: as many entries as it may have. @throws Incomplete where the answer has no list, AnswerTooLong */
export function listed(list: unknown, most: number): readonly unknown[] {
  if (!Array.isArray(list)) throw new Incomplete('no list')
  if (list.length > most) throw new AnswerTooLong(`lists more than ${most} entries`)
  return list
}

/** The part of every paged answer this reads. Source: Slack, cursor-based pagination. */
interface PagedAnswer {
  readonly response_metadata?: { readonly next_cursor?: string } | undefined
}

/** Each page in turn, `mostPages` at most. @throws EndlessList, and what `ask` throws */
export async function* pagesOf<Answer extends PagedAnswer>(
  ask: (cursor: string | undefined) => Promise<Answer>,
  mostPages: number,
): AsyncGenerator<Answer> {
  const seen = new Set<string>()
  let cursor: string | undefined
  for (let page = 1; ; page += 1) {
    const answer = await ask(cursor)
    yield answer
    cursor = answer.response_metadata?.next_cursor || undefined
    if (cursor === undefined) return
    if (seen.has(cursor) || page >= mostPages) throw new EndlessList(page)
    seen.add(cursor)
  }
}
