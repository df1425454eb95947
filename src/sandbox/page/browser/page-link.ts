// Whom one acts as, where one looks, and the two ways to the server.

const body = document.body.dataset

export const seat = { as: body.as ?? '', in: body.in ?? '', thread: '' }

const query = (): string => new URLSearchParams({ as: seat.as, in: seat.in, ...(seat.thread && { thread: seat.thread }) }).toString()

export async function get(path: string): Promise<Record<string, string>> {
  const response = await fetch(`${path}?${query()}`)
  return response.json()
}

/** @throws Error with the server's words */
export async function post(path: string, wanted: unknown): Promise<Record<string, string>> {
  const response = await fetch(`${path}?${query()}`, {
    method: 'POST',
    body: JSON.stringify(wanted),
    headers: { 'content-type': 'application/json' },
  })
  const answer = await response.json()
  if (!response.ok) throw new Error(answer.error ?? 'It failed.')
  return answer
}

/** A line at the foot of the page, gone after some seconds. */
export function toast(words: string): void {
  const line = document.createElement('p')
  line.textContent = words
  document.querySelector('#toasts')?.append(line)
  setTimeout(() => line.remove(), 7000)
}
