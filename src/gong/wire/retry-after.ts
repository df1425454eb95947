// `Retry-After` in both its forms: seconds, or an HTTP date.

/** Milliseconds to wait from `now`; undefined when the header is missing or says nothing. A date in the past is 0. */
export function retryAfterMs(header: string | readonly string[] | undefined, now: Date): number | undefined {
  const value = (typeof header === 'string' ? header : header?.[0])?.trim()
  if (!value) return undefined
  if (/^\d+(\.\d+)?$/.test(value)) return Math.ceil(Number(value) * 1000)
  const date = Date.parse(value)
  return Number.isNaN(date) ? undefined : Math.max(0, date - now.getTime())
}
