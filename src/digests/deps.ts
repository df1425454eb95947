// What actions on digests are given to work with.

import type { Clock } from '../clock.ts'
import type { Company } from '../domain/company.ts'
import type { Viewer } from '../domain/policy.ts'
import type { Gate, RenderForSlack } from '../slack-ports.ts'
import type { Wake } from '../store/digests/delivery-writes.ts'
import type { Store } from '../store/store.ts'
import type { Preview } from './build-digest.ts'
import type { SentRecord } from './delivery/record-sent.ts'
import type { ProgrammeService } from './programmes/service.ts'

export interface DigestServiceDeps {
  readonly store: Pick<Store, 'people' | 'subscriptions' | 'deliveries' | 'access' | 'queue' | 'recorded'>
  readonly clock: Clock
  readonly company: Company
  readonly gate: Gate
  readonly namesInChannels: 'ask' | 'never'
  /** As typed after `/invite @`. */
  readonly botName: string
  readonly preview: Preview
  readonly render: RenderForSlack
  readonly programmes: ProgrammeService
  viewerOf(slackUserId: string): Promise<Viewer>
  /** From the directory: untrusted text. */
  nameOf(slackUserId: string): Promise<string>
  /** Whoever reads a digest for the first time has been introduced to it by this one. */
  readonly recordIntroduced: SentRecord['recordIntroduced']
  readonly wake: Wake
  /** Lets the workers look now. */
  nudge(): void
}
