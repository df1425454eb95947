// The page in regions: each is drawn to HTML by itself, so that after a change the browser swaps only what differs.
import { renderToStaticMarkup } from 'react-dom/server'
import { backstage } from './drawn/backstage.ts'
import { conversation, thread } from './drawn/conversation.ts'
import { meanwhile } from './drawn/meanwhile.ts'
import { modal } from './drawn/modal.ts'
import { sidebar } from './drawn/sidebar.ts'
import { topBar } from './drawn/top-bar.ts'
import { tour } from './drawn/tour.ts'
import type { Seat, Stage } from './stage.ts'

export const regionNames = ['top', 'sidebar', 'tour', 'meanwhile', 'main', 'thread', 'backstage', 'modal'] as const

export type RegionName = (typeof regionNames)[number]

export type Regions = Readonly<Record<RegionName, string>>

export function drawRegions(stage: Stage, seat: Seat): Regions {
  return {
    top: renderToStaticMarkup(topBar(stage, seat)),
    sidebar: renderToStaticMarkup(sidebar(stage, seat)),
    tour: renderToStaticMarkup(tour()),
    meanwhile: renderToStaticMarkup(meanwhile(stage, seat)),
    main: renderToStaticMarkup(conversation(stage, seat)),
    thread: seat.threadTs === undefined ? '' : renderToStaticMarkup(thread(stage, seat)),
    backstage: renderToStaticMarkup(backstage(stage)),
    modal: renderToStaticMarkup(modal(stage, seat)),
  }
}
