// Action ids of the buttons on digests and lists of digests: what a message offers and bot/ answers.

/** Action ids of the buttons on digests and lists; the value is the subscription's id, or the delivery's where it says so. */
export const digestActions = {
  /** Opens the schedule editor. */
  edit: 'digest-edit',
  /** Opens an empty schedule editor. */
  create: 'digest-new',
  /** Opens the programme editor. */
  programme: 'digest-programme',
  /** Ends a programme; value = its id. */
  stopProgramme: 'digest:stop-programme',
  preview: 'digest:preview',
  send: 'digest:send',
  pause: 'digest:pause',
  resume: 'digest:resume',
  skip: 'digest:skip',
  history: 'digest:history',
  remove: 'digest:delete',
  /** Stops a direct message to the presser; survives re-enrolment by a programme. */
  stop: 'digest:stop',
  /** After doubt, value = delivery id: "it arrived". */
  arrived: 'digest:arrived',
  /** After doubt or a hold, value = delivery id: post it now. */
  post: 'digest:post',
  /** After a hold because the owner lost the right, value = delivery id: the presser is its owner from now on. */
  takeOver: 'digest:take-over',
} as const
