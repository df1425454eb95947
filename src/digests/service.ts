// What the digest command, its buttons and modals, and Home can do with digests. Every method checks the viewer again, because ids in
// buttons and modals are claims. Implemented in create-digest-service.ts.

import type { LocalDate } from '../domain/period.ts'
import type { PersonId } from '../domain/person.ts'
import type { Viewer } from '../domain/policy.ts'
import type { Delivery, Recurrence, Subscription } from '../domain/subscription.ts'
import type { UpcomingRun } from '../domain/upcoming.ts'
import type { Message } from '../render/message.ts'

/** One subscription as its owner or reader sees it. */
export interface DigestEntry {
  readonly subscription: Subscription
  /** "Priya Nair's team", "Ana Diaz", "the company": untrusted text. */
  readonly about: string
  /** Name of the owner in Slack: untrusted text. */
  readonly ownerName: string
  readonly nextRun?: UpcomingRun | undefined
  readonly latest?: Delivery | undefined
  /** May change, send and delete it. */
  readonly mayChange: boolean
  /** Reads and chooses its name, which is missing for everybody else. */
  readonly mayName: boolean
}

/** `goesOutNow`: its run had come due when it was saved. */
export interface ChangedDigest extends DigestEntry {
  readonly goesOutNow?: true
}

/** `namesOff`: it showed people by name until then. */
export interface TakenOver extends DigestEntry {
  readonly namesOff: boolean
}

/** The run that was left out, and the digest after that. */
export interface Skipped {
  readonly entry: DigestEntry
  readonly run: UpcomingRun
}

/** What the editor asks for. `isExtra`: whoever sets it up has seen what there is already, and wants this one beside it. */
export type DigestDraft = Pick<
  Subscription,
  'kind' | 'subjectId' | 'name' | 'destination' | 'recurrence' | 'whenEmpty' | 'skipDates' | 'showNames' | 'isExtra'
>

/** What a form is about, which is no second one. */
export interface Own {
  readonly id?: string | undefined
  readonly submission?: string | undefined
}

/** What somebody is about to set up a second time. */
export type Duplicate = ListedDuplicate | { readonly isListed: false }

/**
 * One that the viewer may read: their own, one they receive, or any for admins. Of another one they learn that it is there, where they read
 * its channel.
 */
export interface ListedDuplicate {
  readonly isListed: true
  /** What there is already. */
  readonly subscription: Subscription
  /** `#emea`, or the name of its reader; missing for the viewer. Untrusted text. */
  readonly place?: string | undefined
  /** Name of whoever answers for it; missing for the viewer. Untrusted text. */
  readonly owner?: string | undefined
  /** The viewer may change it. */
  readonly mayChange: boolean
}

/** Whether a draft could be delivered. `field`: which input of the editor is at fault. */
export type DraftVerdict =
  | {
      readonly ok: true
      /** Missing for direct messages. */
      readonly channelName?: string | undefined
      /** People who would read it. */
      readonly readers: number
      /** Slack ids of everybody who reads a private channel, for its members; missing elsewhere. */
      readonly readerIds?: readonly string[] | undefined
      /** Readers who are neither in the team nor may see it by name: why names cannot be shown. */
      readonly outsiders: readonly string[]
      readonly isPrivate: boolean
    }
  | { readonly ok: false; readonly field: 'about' | 'where' | 'when' | 'names'; readonly why: string; readonly invite?: boolean }

export interface ProgrammeDraft {
  readonly kind: 'team' | 'manager' | 'org' | 'personal' | 'reminder'
  /** The org's manager; missing = the whole company. */
  readonly orgOf?: PersonId | undefined
  readonly recurrence: Recurrence
  readonly whenEmpty: 'skip' | 'say'
  readonly stage: 'preview' | 'pilot' | 'everyone'
  readonly pilotTeams: readonly PersonId[]
}

export interface ProgrammeEntry {
  readonly id: string
  readonly draft: ProgrammeDraft
  readonly ownerName: string
  /** "EMEA Sales", "the whole company": untrusted text. */
  readonly org: string
  /** Who gets it at this stage. */
  readonly reached: number
  /** Who would at *everyone*. */
  readonly wouldReach: number
  /** Of those: without a Slack match, so not reachable. */
  readonly unmatched: number
  /** Of those: who get the same from somewhere else, and by this programme only once that ends. */
  readonly haveIt: number
  /** Slack's directory was not read yet: nobody is matched before. */
  readonly waitsForDirectory: boolean
  readonly stopped: boolean
}

/**
 * A programme that reaches the same people with the same kind of digest. `entry`: where it is one of the viewer's, who may change it then.
 */
export interface ProgrammeDuplicate {
  readonly kind: ProgrammeDraft['kind']
  readonly entry?: ProgrammeEntry | undefined
}

/** Every method throws AskError, with words and a next step, when the viewer may not or the thing is gone. */
export interface DigestService {
  readonly company: { readonly zone: string; readonly namesInChannels: 'ask' | 'never' }
  /** A Slack user's name from the directory: untrusted text. */
  nameOf(slackUserId: string): Promise<string>
  mine(viewer: Viewer): Promise<{ readonly receives: readonly DigestEntry[]; readonly sends: readonly DigestEntry[] }>
  entry(viewer: Viewer, subscriptionId: string): Promise<DigestEntry>
  /** Each channel in which digests name the viewer to its readers now; undefined where its name is not theirs to know. Untrusted text. */
  namedInChannels(viewer: Viewer): Promise<readonly (string | undefined)[]>
  /** Newest first; notices and thread replies left out. */
  history(viewer: Viewer, subscriptionId: string, limit: number): Promise<readonly Delivery[]>
  upcoming(recurrence: Recurrence, skipDates: readonly LocalDate[], count: number): readonly UpcomingRun[]
  check(viewer: Viewer, draft: DigestDraft): Promise<DraftVerdict>
  /**
   * What the same readers get already about the same people in the same hour; undefined where there is nothing. `own`: the one that is
   * changed, or that the same submission has set up already.
   */
  duplicateOf(viewer: Viewer, draft: DigestDraft, own?: Own): Promise<Duplicate | undefined>
  /**
   * Where a digest goes: `#emea`, or the name of its reader; missing for the viewer, and where Slack does not name the channel. Untrusted
   * text.
   */
  placeOf(viewer: Viewer, subscription: Pick<Subscription, 'destination'>): Promise<string | undefined>
  /** The digest as it would be sent, of the last full week. */
  preview(viewer: Viewer, draft: DigestDraft): Promise<Message>
  /**
   * `submission`: what asks for it; asked for again by the same one, it is there already.
   * @throws AskError also for a second one of the same, unless the draft says that it is an extra one
   */
  create(viewer: Viewer, draft: DigestDraft, submission?: string): Promise<DigestEntry>
  change(viewer: Viewer, subscriptionId: string, draft: DigestDraft): Promise<ChangedDigest>
  /** An extra delivery of the last full week; the same trigger sends once. */
  sendNow(viewer: Viewer, subscriptionId: string, triggerId: string): Promise<void>
  pause(viewer: Viewer, subscriptionId: string, until?: LocalDate): Promise<DigestEntry>
  resume(viewer: Viewer, subscriptionId: string): Promise<DigestEntry>
  /** Leaves out the next run. @throws AskError also where it is on its way already */
  skipNext(viewer: Viewer, subscriptionId: string): Promise<Skipped>
  remove(viewer: Viewer, subscriptionId: string): Promise<void>
  /** The reader of a direct message wants no more of this kind. */
  stop(viewer: Viewer, subscriptionId: string): Promise<void>
  /** After doubt: the owner says it arrived. */
  arrived(viewer: Viewer, deliveryId: string): Promise<void>
  /** After doubt or a hold: post it (again). */
  postAgain(viewer: Viewer, deliveryId: string): Promise<void>
  /** Makes the viewer the owner of a digest whose owner may not see its figures any more, and posts what was held back, without names. */
  takeOver(viewer: Viewer, deliveryId: string): Promise<TakenOver>
  /** Orgs the viewer may set up programmes for; `orgOf` missing = the whole company (admins). */
  programmes(viewer: Viewer): Promise<readonly ProgrammeEntry[]>
  /** Another programme for the same people with the same kind of digest; undefined where there is none. `own`: as for `duplicateOf`. */
  duplicateOfProgramme(viewer: Viewer, draft: ProgrammeDraft, own?: Own): Promise<ProgrammeDuplicate | undefined>
  /** `submission`: as for `create`. */
  createProgramme(viewer: Viewer, draft: ProgrammeDraft, submission?: string): Promise<ProgrammeEntry>
  changeProgramme(viewer: Viewer, programmeId: string, draft: ProgrammeDraft): Promise<ProgrammeEntry>
  stopProgramme(viewer: Viewer, programmeId: string): Promise<void>
}
