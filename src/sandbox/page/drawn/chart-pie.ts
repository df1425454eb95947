// A pie: its segments with their numbers beside them.
import type { Json } from '../../slack/workspace.ts'
import { h, type ReactNode } from './element.ts'

export function pie(title: string, segments: readonly Json[]): ReactNode {
  const total = segments.reduce((sum, { value }) => sum + Number(value), 0)
  let before = 0
  return h(
    'figure',
    { className: 'chart pie' },
    h('figcaption', null, title),
    h(
      'svg',
      {
        viewBox: '0 0 120 120',
        role: 'img',
        'aria-label': `${title}: ${segments.map(({ label, value }) => `${label} ${value}`).join(', ')}`,
      },
      segments.map(({ label, value }, index) => {
        const share = Number(value) / total
        const dash = `${(share * 314.16).toFixed(2)} 314.16`
        const turn = (before / total) * 360 - 90
        before += Number(value)
        return h('circle', {
          key: String(label),
          className: `slice series-${index}`,
          cx: 60,
          cy: 60,
          r: 50,
          strokeDasharray: dash,
          transform: `rotate(${turn} 60 60)`,
        })
      }),
    ),
    h(
      'p',
      { className: 'legend' },
      segments.map(({ label, value }, index) =>
        h('span', { key: String(label) }, h('i', { className: `swatch series-${index}` }), `${label} ${value}`),
      ),
    ),
  )
}
