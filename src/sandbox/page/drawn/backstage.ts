// Behind the scenes: what went over the wire to Gong and Slack, newest first, and switches for what can go wrong.
import type { FaultSwitch, LogLine, Stage } from '../stage.ts'
import { h, type ReactNode } from './element.ts'
import { icon } from './icons.ts'
import { logTimeOf } from './times.ts'

const shown = 120

export function backstage(stage: Pick<Stage, 'log' | 'faults' | 'readingNow'>): ReactNode {
  const lines = stage.log()
  const faults = stage.faults()
  return h(
    'aside',
    { className: 'backstage', 'aria-label': 'Backstage' },
    h(
      'header',
      { className: 'conversation-head' },
      h('h2', null, 'Backstage'),
      h('button', { type: 'button', className: 'quiet', 'data-toggle': 'backstage', 'aria-label': 'Close backstage' }, icon('close')),
    ),
    h(
      'section',
      { 'aria-label': 'Faults', className: 'faults' },
      h('h3', null, 'Let something go wrong'),
      (['Gong', 'Slack'] as const).map((group) =>
        h('fieldset', { key: group }, h('legend', null, group), faults.filter((fault) => fault.group === group).map(faultSwitch)),
      ),
    ),
    h(
      'section',
      { 'aria-label': 'Requests', className: 'requests' },
      h('h3', null, 'Requests', h('small', null, `${lines.length}`)),
      h('p', { className: 'reading-now', role: 'status' }, readingNow(stage)),
      h('ol', { tabIndex: 0, 'aria-label': 'Newest first' }, lines.slice(-shown).toReversed().map(logLine)),
    ),
  )
}

const readingNow = (stage: Pick<Stage, 'readingNow'>): string => {
  const words = stage.readingNow()
  return words === undefined ? 'Nothing of Gong is being read.' : `Reading Gong: ${words}`
}

const faultSwitch = ({ id, label, about, on }: FaultSwitch): ReactNode =>
  h(
    'label',
    { key: id, title: about },
    h('input', { type: 'checkbox', role: 'switch', 'data-fault': id, defaultChecked: on, key: `${id}-${on}` }),
    h('span', null, label, h('small', null, about)),
  )

const logLine = (line: LogLine, index: number): ReactNode =>
  h(
    'li',
    { key: `${index}`, className: line.error === undefined ? 'fine' : 'wrong' },
    h('time', null, logTimeOf(line.at)),
    h('span', { className: 'direction' }, line.direction),
    h('code', null, line.name),
    h('span', { className: 'status' }, line.error ?? (line.status === 0 ? 'no answer' : String(line.status))),
    h('small', null, [line.durationMs === undefined ? '' : `${line.durationMs} ms`, line.detail].filter(Boolean).join(' · ')),
  )
