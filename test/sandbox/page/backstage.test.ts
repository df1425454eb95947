// What backstage shows beside the requests.
import { renderToStaticMarkup } from 'react-dom/server'
import { expect, it } from 'vitest'
import { backstage } from '../../../src/sandbox/page/drawn/backstage.ts'

it('backstage says how far reading Gong is, and that nothing is read', () => {
  const drawn = (words: string | undefined) => renderToStaticMarkup(backstage({ log: () => [], faults: () => [], readingNow: () => words }))
  const words = 'interaction 2026-11-16..2026-11-22, page 3 of 12 · 4 of 38 readings · 1,130 of 4,000 requests today, 2 min left'
  expect(drawn(words)).toContain(`<p class="reading-now" role="status">Reading Gong: ${words}</p>`)
  expect(drawn(undefined)).toContain('Nothing of Gong is being read.')
})
