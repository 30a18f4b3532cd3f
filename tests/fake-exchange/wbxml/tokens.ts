/**
 * Token tables of the code pages this server uses (MS-ASWBXML 2.1.2.1). Typed in from the specification and not
 * shared with the product, so that a wrong number in one of the two shows. Tokens count from 0x05; "-" is a gap.
 */
const PAGES: Readonly<Record<number, readonly [namespace: string, names: string]>> = {
  0: [
    "AirSync",
    "Sync Responses Add Change Delete Fetch SyncKey ClientId ServerId Status Collection Class - CollectionId " +
      "GetChanges MoreAvailable WindowSize Commands Options FilterType - - Conflict Collections " +
      "ApplicationData DeletesAsMoves - Supported SoftDelete MIMESupport MIMETruncation Wait Limit Partial " +
      "ConversationMode MaxItems HeartbeatInterval",
  ],
  2: [
    "Email",
    "- - - - - - - - - - DateReceived - DisplayTo Importance MessageClass Subject Read To Cc From ReplyTo " +
      "AllDayEvent Categories Category DtStamp EndTime InstanceType BusyStatus Location MeetingRequest " +
      "Organizer RecurrenceId Reminder ResponseRequested Recurrences Recurrence Type Until Occurrences " +
      "Interval DayOfWeek DayOfMonth WeekOfMonth MonthOfYear StartTime Sensitivity TimeZone GlobalObjId " +
      "ThreadTopic MIMEData MIMETruncated MIMESize InternetCPID Flag Status ContentClass FlagType " +
      "CompleteTime DisallowNewTimeProposal",
  ],
  4: [
    "Calendar",
    "Timezone AllDayEvent Attendees Attendee Email Name Body BodyTruncated BusyStatus Categories Category - " +
      "DtStamp EndTime Exception Exceptions Deleted ExceptionStartTime Location MeetingStatus " +
      "OrganizerEmail OrganizerName Recurrence Type Until Occurrences Interval DayOfWeek DayOfMonth " +
      "WeekOfMonth MonthOfYear Reminder Sensitivity Subject StartTime UID",
  ],
  5: ["Move", "MoveItems Move SrcMsgId SrcFldId DstFldId Response Status DstMsgId"],
  6: [
    "GetItemEstimate",
    "GetItemEstimate - Collections Collection Class CollectionId - Estimate Response Status",
  ],
  7: [
    "FolderHierarchy",
    "- - DisplayName ServerId ParentId Type - Status - Changes Add Delete Update SyncKey FolderCreate " +
      "FolderDelete FolderUpdate FolderSync Count",
  ],
  9: [
    "Tasks",
    "- - - Categories Category Complete DateCompleted DueDate UtcDueDate Importance Recurrence Type Start " +
      "Until Occurrences Interval DayOfMonth DayOfWeek WeekOfMonth MonthOfYear Regenerate DeadOccur " +
      "ReminderSet ReminderTime Sensitivity StartDate UtcStartDate Subject - OrdinalDate SubOrdinalDate",
  ],
  13: ["Ping", "Ping - Status HeartbeatInterval Folders Folder Id Class MaxFolders"],
  14: [
    "Provision",
    "Provision Policies Policy PolicyType PolicyKey Data Status RemoteWipe EASProvisionDoc " +
      "DevicePasswordEnabled AlphanumericDevicePasswordRequired RequireStorageCardEncryption " +
      "PasswordRecoveryEnabled - AttachmentsEnabled MinDevicePasswordLength MaxInactivityTimeDeviceLock " +
      "MaxDevicePasswordFailedAttempts MaxAttachmentSize AllowSimpleDevicePassword " +
      "DevicePasswordExpiration DevicePasswordHistory AllowStorageCard AllowCamera " +
      "RequireDeviceEncryption AllowUnsignedApplications AllowUnsignedInstallationPackages " +
      "MinDevicePasswordComplexCharacters AllowWiFi AllowTextMessaging AllowPOPIMAPEmail AllowBluetooth " +
      "AllowIrDA RequireManualSyncWhenRoaming AllowDesktopSync MaxCalendarAgeFilter AllowHTMLEmail " +
      "MaxEmailAgeFilter MaxEmailBodyTruncationSize MaxEmailHTMLBodyTruncationSize " +
      "RequireSignedSMIMEMessages RequireEncryptedSMIMEMessages RequireSignedSMIMEAlgorithm " +
      "RequireEncryptionSMIMEAlgorithm AllowSMIMEEncryptionAlgorithmNegotiation AllowSMIMESoftCerts " +
      "AllowBrowser AllowConsumerEmail AllowRemoteDesktop AllowInternetSharing " +
      "UnapprovedInROMApplicationList ApplicationName ApprovedApplicationList Hash AccountOnlyRemoteWipe",
  ],
  15: [
    "Search",
    "Search - Store Name Query Options Range Status Response Result Properties Total EqualTo Value And Or " +
      "FreeText - DeepTraversal LongId RebuildResults LessThan GreaterThan - - UserName Password " +
      "ConversationId",
  ],
  17: [
    "AirSyncBase",
    "BodyPreference Type TruncationSize AllOrNone - Body Data EstimatedDataSize Truncated Attachments " +
      "Attachment DisplayName FileReference Method ContentId ContentLocation IsInline NativeBodyType " +
      "ContentType Preview BodyPartPreference BodyPart Status Add Delete ClientId Content Location " +
      "Annotation Street City State Country PostalCode Latitude Longitude Accuracy Altitude " +
      "AltitudeAccuracy LocationUri InstanceId",
  ],
  18: [
    "Settings",
    "Settings Status Get Set Oof OofState StartTime EndTime OofMessage AppliesToInternal " +
      "AppliesToExternalKnown AppliesToExternalUnknown Enabled ReplyMessage BodyType DevicePassword " +
      "Password DeviceInformation Model IMEI FriendlyName OS OSLanguage PhoneNumber UserInformation " +
      "EmailAddresses SMTPAddress UserAgent EnableOutboundSMS MobileOperator PrimarySmtpAddress Accounts " +
      "Account AccountId AccountName UserDisplayName SendDisabled - RightsManagementInformation",
  ],
  20: [
    "ItemOperations",
    "ItemOperations Fetch Store Options Range Total Properties Data Status Response Version Schema Part " +
      "EmptyFolderContents DeleteSubFolders UserName Password Move DstFldId ConversationId MoveAlways",
  ],
  21: [
    "ComposeMail",
    "SendMail SmartForward SmartReply SaveInSentItems ReplaceMime - Source FolderId ItemId LongId " +
      "InstanceId Mime ClientId Status AccountId - Forwardees Forwardee ForwardeeName ForwardeeEmail",
  ],
  22: [
    "Email2",
    "UmCallerID UmUserNotes UmAttDuration UmAttOrder ConversationId ConversationIndex LastVerbExecuted " +
      "LastVerbExecutionTime ReceivedAsBcc Sender CalendarType IsLeapMonth AccountId FirstDayOfWeek " +
      "MeetingMessageType - IsDraft Bcc Send",
  ],
  24: ["RightsManagement", "RightsManagementSupport"],
};

interface Token {
  readonly page: number;
  readonly token: number;
}

/** Element name ("AirSync:Sync") by page and token. */
export const NAME_OF: ReadonlyMap<number, ReadonlyMap<number, string>> = new Map(
  Object.entries(PAGES).map(([page, [namespace, names]]) => [
    Number(page),
    new Map(
      names
        .split(" ")
        .map((name, at): [number, string] => [at + 5, name === "-" ? "" : `${namespace}:${name}`])
        .filter(([, name]) => name !== ""),
    ),
  ]),
);

export const TOKEN_OF: ReadonlyMap<string, Token> = new Map(
  [...NAME_OF].flatMap(([page, names]) =>
    [...names].map(([token, name]): [string, Token] => [name, { page, token }]),
  ),
);
