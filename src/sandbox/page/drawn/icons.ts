// The page's own icons, drawn here so that nothing is fetched. Decorative: every control that carries one has words.
import { h, type ReactNode } from './element.ts'

const paths = {
  home: 'M3 10.5 10 4l7 6.5V17a1 1 0 0 1-1 1h-3.5v-5h-5v5H4a1 1 0 0 1-1-1z',
  hash: 'M7.5 3 6 17M14 3l-1.5 14M3.5 7.5h13M3 12.5h13',
  lock: 'M5.5 9V6.5a4.5 4.5 0 0 1 9 0V9M4.5 9h11v8h-11z',
  globe:
    'M10 3a7 7 0 1 0 0 14 7 7 0 0 0 0-14M3 10h14M10 3c2.5 2 3.3 4.500 3.300 7S12.500 15 10 17c-2.500-2-3.300-4.500-3.300-7S7.500 5 10 3',
  box: 'M3 6h14v3H3zM4.500 9v7h11V9M8 12h4',
  chat: 'M4 4h12a1 1 0 0 1 1 1v8a1 1 0 0 1-1 1H9l-4 3v-3H4a1 1 0 0 1-1-1V5a1 1 0 0 1 1-1z',
  clock: 'M10 3a7 7 0 1 0 0 14 7 7 0 0 0 0-14M10 6v4.200l3 1.800',
  eye: 'M2 10s3-5 8-5 8 5 8 5-3 5-8 5-8-5-8-5zM10 7.500a2.500 2.500 0 1 0 0 5 2.500 2.500 0 0 0 0-5',
  close: 'M5 5l10 10M15 5 5 15',
  menu: 'M3 6h14M3 10h14M3 14h14',
  tools: 'M4 5h7M15 5h1M4 10h2M10 10h6M4 15h8M13 3v4M8 8v4M14 13v4',
  send: 'M3 17 17.500 10 3 3l1.800 5.800L11 10l-6.200 1.200z',
  more: 'M5 10h.01M10 10h.01M15 10h.01',
  slackbot: 'M5 6h10a2 2 0 0 1 2 2v6a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2V8a2 2 0 0 1 2-2zM10 3v3M7.500 10v1.500M12.500 10v1.500',
  half: 'M10 3a7 7 0 1 0 0 14 7 7 0 0 0 0-14M10 3v14M10 6h5M10 10h7M10 14h5',
  again: 'M4 4v4h4M4.500 8a6 6 0 1 1-.400 4',
  plug: 'M7 3v4M13 3v4M5 7h10v2.500a5 5 0 0 1-10 0zM10 14.500V18',
  file: 'M5 3h6l4 4v10H5zM11 3v4h4',
} as const

export type IconName = keyof typeof paths

export const icon = (name: IconName): ReactNode =>
  h('svg', { className: 'icon', viewBox: '0 0 20 20', 'aria-hidden': 'true' }, h('path', { d: paths[name] }))
