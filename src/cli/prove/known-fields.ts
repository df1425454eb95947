// The fields both contracts are known to have, by name: whatever else an answer carries is new and named in the report. Names alone, no
// paths: a field keeps its meaning wherever it stands.
import type { GongContract } from '../../domain/gong-figures.ts'

const common = `requestId errors records totalRecords currentPageSize currentPageNumber cursor users id emailAddress emailAliases firstName lastName
  title managerId active created phoneNumber extension personalMeetingUrls settings trustedEmailAddress spokenLanguages meetingConsentPageUrl
  webConferencesRecorded preventWebConferenceRecording telephonyCallsImported emailsImported preventEmailImport
  nonRecordedMeetingsImported gongConnectEnabled`

const documented = `usersAggregatedActivity usersDayByDayActivity usersInteractionStats answeredScorecards metrics userId dailyActivities date
  callsAsHost callsAttended callsGaveComments callsReceivedComments callsAccessedRecording callsScored ownCallsListenedTo
  othersCallsListenedTo callsCount talkRatio longestMonologue interactivity patience questionRate callId scorecardId scorecardName
  reviewedUserId reviewerUserId answeredAt overallScore questions questionId questionText answer score isNotApplicable callsListenedTo
  commentsGiven scorecardsFilled`

const live = `timeZone fromDateTime toDateTime usersAggregateActivityStats userId userEmailAddress userAggregateActivityStats usersDetailedActivities
  userDailyActivityStats fromDate toDate callsAsHost callsAttended callsCommentsGiven callsCommentsReceived callsMarkedAsFeedbackGiven
  callsMarkedAsFeedbackReceived callsRequestedFeedback callsReceivedFeedback callsGaveFeedback callsScorecardsFilled
  callsScorecardsReceived ownCallsListenedTo othersCallsListenedTo callsSharedInternally callsSharedExternally callsRequestedToListen
  peopleInteractionStats personInteractionStats name value answeredScorecards answeredScorecardId scorecardId scorecardName callId
  callStartTime reviewedUserId reviewerUserId reviewMethod reviewTime visibilityType editorUserId answers questionId questionRevisionId
  isOverall score answerText notApplicable selectedOptions scorecards workspaceId enabled updaterUserId updated questions questionText
  questionType answerGuide minRange maxRange answerOptions optionId optionText text label coachingData manager directReportsMetrics report metrics callsManagerAttended callsWithFeedback callsManagerCommentedOn
  callsWithScorecardFilled workspaces description`

const wordsOf = (text: string): readonly string[] => text.split(/\s+/).filter(Boolean)

export const knownFields: Readonly<Record<GongContract, ReadonlySet<string>>> = {
  documented: new Set([...wordsOf(common), ...wordsOf(documented)]),
  live: new Set([...wordsOf(common), ...wordsOf(live)]),
}

/** Of either contract: each is a word of Gong's, wherever it stands. */
export const knownKeys: ReadonlySet<string> = knownFields.documented.union(knownFields.live)

/** The interaction statistics of the live contract, in small letters. */
export const knownStatistics: ReadonlySet<string> = new Set([
  'talk ratio',
  'longest monologue',
  'longest customer story',
  'interactivity',
  'patience',
  'question rate',
])

/** Objects whose keys are data of this tenant, for example names of coaching counts: they are listed, not judged. */
export const mapsOfData: ReadonlySet<string> = new Set(['directReportsMetrics[].metrics'])
