import { describe, expect, it } from 'vitest'
import type { Message } from '../../src/render/message.ts'
import { namingOf } from '../../src/render/text/installed-names.ts'
import { code, line } from '../../src/render/text/text.ts'

const naming = namingOf(['/gong-stats', '/gong-digest'], 'staging')

describe('a second installation', () => {
  it('names its commands as they are installed wherever a person reads them, and keeps what a press sends back', () => {
    const message: Message = {
      summary: 'Type /gong-stats team.',
      parts: [
        { type: 'text', line: line('Try ', code('/gong-digest new'), ' or /gong-stats-staging.') },
        {
          type: 'buttons',
          controls: [
            { type: 'button', label: 'Again /gong-stats', actionId: 'ask', value: '/gong-stats team', url: 'https://x.example/gong-stats' },
          ],
        },
        {
          type: 'table',
          caption: 'c',
          columns: [],
          rows: [
            [
              { type: 'text', text: '/gong-stats' },
              { type: 'number', value: 1, shown: '1' },
            ],
          ],
        },
      ],
    }
    expect(naming(message)).toEqual({
      summary: 'Type /gong-stats-staging team.',
      parts: [
        { type: 'text', line: line('Try ', code('/gong-digest-staging new'), ' or /gong-stats-staging.') },
        {
          type: 'buttons',
          controls: [
            {
              type: 'button',
              label: 'Again /gong-stats-staging',
              actionId: 'ask',
              value: '/gong-stats team',
              url: 'https://x.example/gong-stats',
            },
          ],
        },
        {
          type: 'table',
          caption: 'c',
          columns: [],
          rows: [
            [
              { type: 'text', text: '/gong-stats-staging' },
              { type: 'number', value: 1, shown: '1' },
            ],
          ],
        },
      ],
    })
  })

  it('said twice is said once: what was named already stays', () => {
    const once = naming({ text: 'Type /gong-stats, or /gong-statistics.' })
    expect(once).toEqual({ text: 'Type /gong-stats-staging, or /gong-statistics.' })
    expect(naming(once)).toEqual(once)
  })

  it('is the first one when it has no name: trees are handed back as they are', () => {
    const tree = { text: '/gong-stats' }
    expect(namingOf(['/gong-stats'], undefined)(tree)).toBe(tree)
  })
})
