import type { Example } from "./notation.ts";

/** Documents that mail alone does not need: every other code page, so that all of them have carried something. */
export const otherDocuments: readonly Example[] = [
  {
    title: "GetItemEstimate, request with pages of two namespaces",
    namespace: "GetItemEstimate",
    xml: `<GetItemEstimate><Collections><Collection>
      <airsync:SyncKey>2</airsync:SyncKey><CollectionId>7</CollectionId>
      <airsync:Options><airsync:FilterType>3</airsync:FilterType></airsync:Options>
    </Collection></Collections></GetItemEstimate>`,
  },
  {
    title: "GetItemEstimate, answer",
    namespace: "GetItemEstimate",
    xml: `<GetItemEstimate><Response><Status>1</Status>
      <Collection><CollectionId>7</CollectionId><Estimate>117</Estimate></Collection>
    </Response></GetItemEstimate>`,
  },
  {
    title: "MeetingResponse, acceptance",
    namespace: "MeetingResponse",
    xml: `<MeetingResponse><Request>
      <UserResponse>1</UserResponse><CollectionId>7</CollectionId><RequestId>7:4</RequestId>
    </Request></MeetingResponse>`,
  },
  {
    title: "MeetingResponse, answer",
    namespace: "MeetingResponse",
    xml: `<MeetingResponse><Result>
      <RequestId>7:4</RequestId><Status>1</Status><CalendarId>9:11</CalendarId>
    </Result></MeetingResponse>`,
  },
  {
    title: "Search in the mailbox",
    namespace: "Search",
    xml: `<Search><Store>
      <Name>Mailbox</Name>
      <Query><And>
        <airsync:Class>Email</airsync:Class><airsync:CollectionId>7</airsync:CollectionId><FreeText>Bütçe</FreeText>
        <GreaterThan><email:DateReceived /><Value>2026-01-01T00:00:00.000Z</Value></GreaterThan>
      </And></Query>
      <Options><RebuildResults /><Range>0-4</Range><DeepTraversal /></Options>
    </Store></Search>`,
  },
  {
    title: "Search in the address list, answer with a picture",
    namespace: "Search",
    xml: `<Search><Status>1</Status><Response><Store><Status>1</Status>
      <Result><Properties>
        <gal:DisplayName>Anat Kerry</gal:DisplayName><gal:Phone>+90 212 555 01 00</gal:Phone>
        <gal:EmailAddress>anat@example.test</gal:EmailAddress>
        <gal:Picture><gal:Status>1</gal:Status><gal:Data>{ffd8ffe000104a464946}</gal:Data></gal:Picture>
      </Properties></Result>
      <Range>0-0</Range><Total>1</Total>
    </Store></Response></Search>`,
  },
  {
    title: "Find in the mailbox (16.1)",
    namespace: "Find",
    xml: `<Find>
      <SearchId>11AF52E5-1B4E-4E1B-A1F3-32F57B8C0D5A</SearchId>
      <ExecuteSearch><MailBoxSearchCriterion>
        <Query><airsync:Class>Email</airsync:Class><airsync:CollectionId>7</airsync:CollectionId><FreeText>x</FreeText></Query>
        <Options><Range>0-9</Range><DeepTraversal /></Options>
      </MailBoxSearchCriterion></ExecuteSearch>
    </Find>`,
  },
  {
    title: "Settings, out of office",
    namespace: "Settings",
    xml: `<Settings><Oof><Set>
      <OofState>2</OofState>
      <StartTime>2026-12-24T00:00:00.000Z</StartTime><EndTime>2027-01-02T00:00:00.000Z</EndTime>
      <OofMessage>
        <AppliesToInternal /><Enabled>1</Enabled><ReplyMessage>Urlaub</ReplyMessage><BodyType>Text</BodyType>
      </OofMessage>
    </Set></Oof></Settings>`,
  },
  {
    title: "Settings, the user's addresses",
    namespace: "Settings",
    xml: `<Settings><Status>1</Status><UserInformation><Status>1</Status><Get><Accounts><Account>
      <EmailAddresses><SMTPAddress>anat@example.test</SMTPAddress><PrimarySmtpAddress>anat@example.test</PrimarySmtpAddress></EmailAddresses>
    </Account></Accounts></Get></UserInformation></Settings>`,
  },
  {
    title: "ResolveRecipients with availability",
    namespace: "ResolveRecipients",
    xml: `<ResolveRecipients><Status>1</Status><Response>
      <To>anat</To><Status>1</Status><RecipientCount>1</RecipientCount>
      <Recipient>
        <Type>1</Type><DisplayName>Anat Kerry</DisplayName><EmailAddress>anat@example.test</EmailAddress>
        <Availability><Status>1</Status><MergedFreeBusy>000022204</MergedFreeBusy></Availability>
        <Certificates><Status>1</Status><CertificateCount>1</CertificateCount><RecipientCount>1</RecipientCount>
          <MiniCertificate>MIIB</MiniCertificate></Certificates>
      </Recipient>
    </Response></ResolveRecipients>`,
  },
  {
    title: "ValidateCert, answer",
    namespace: "ValidateCert",
    xml: "<ValidateCert><Status>1</Status><Certificate><Status>6</Status></Certificate></ValidateCert>",
  },
  {
    title: "Sync of a contact",
    namespace: "AirSync",
    xml: `<Sync><Collections><Collection>
      <SyncKey>2</SyncKey><CollectionId>2</CollectionId>
      <Supported><contacts:JobTitle /><contacts:Department /><contacts2:NickName /></Supported>
      <Commands><Add><ClientId>9</ClientId><ApplicationData>
        <contacts:FileAs>Öz, Çağla</contacts:FileAs><contacts:FirstName>Çağla</contacts:FirstName>
        <contacts:Email1Address>cagla@example.test</contacts:Email1Address>
        <contacts:Children><contacts:Child>Ali</contacts:Child></contacts:Children>
        <contacts2:NickName>Ço</contacts2:NickName><contacts2:IMAddress>c@im.example.test</contacts2:IMAddress>
      </ApplicationData></Add></Commands>
    </Collection></Collections></Sync>`,
  },
  {
    title: "Sync of an appointment that recurs",
    namespace: "AirSync",
    xml: `<Change><ServerId>9:1</ServerId><ApplicationData>
      <calendar:UID>040000008200E0</calendar:UID><calendar:DtStamp>20261120T081500Z</calendar:DtStamp>
      <calendar:Recurrence>
        <calendar:Type>1</calendar:Type><calendar:Interval>1</calendar:Interval><calendar:DayOfWeek>42</calendar:DayOfWeek>
        <calendar:FirstDayOfWeek>1</calendar:FirstDayOfWeek>
      </calendar:Recurrence>
      <calendar:Exceptions><calendar:Exception>
        <calendar:Deleted>1</calendar:Deleted><calendar:ExceptionStartTime>20261125T090000Z</calendar:ExceptionStartTime>
      </calendar:Exception></calendar:Exceptions>
      <airsyncbase:Location><airsyncbase:DisplayName>Saal</airsyncbase:DisplayName></airsyncbase:Location>
    </ApplicationData></Change>`,
  },
  {
    title: "Sync of a task",
    namespace: "AirSync",
    xml: `<Add><ClientId>1</ClientId><ApplicationData>
      <tasks:Subject>Steuer</tasks:Subject><tasks:Importance>2</tasks:Importance><tasks:Complete>0</tasks:Complete>
      <tasks:UtcDueDate>2027-02-28T00:00:00.000Z</tasks:UtcDueDate><tasks:ReminderSet>0</tasks:ReminderSet>
    </ApplicationData></Add>`,
  },
  {
    title: "Sync of a note",
    namespace: "AirSync",
    xml: `<Add><ServerId>10:1</ServerId><ApplicationData>
      <notes:Subject>Rezept</notes:Subject><notes:MessageClass>IPM.StickyNote</notes:MessageClass>
      <notes:LastModifiedDate>20261120T081500Z</notes:LastModifiedDate>
      <notes:Categories><notes:Category>Küche</notes:Category></notes:Categories>
    </ApplicationData></Add>`,
  },
  {
    title: "a document library's entry",
    namespace: "ItemOperations",
    xml: `<ItemOperations><Fetch>
      <Store>DocumentLibrary</Store><documentlibrary:LinkId>\\\\server\\share\\a.docx</documentlibrary:LinkId>
      <Options><Range>0-1048576</Range><UserName>anat</UserName><Password>x</Password></Options>
    </Fetch></ItemOperations>`,
  },
  {
    title: "a message under rights management",
    namespace: "AirSync",
    xml: `<ApplicationData><rightsmanagement:RightsManagementLicense>
      <rightsmanagement:Owner>0</rightsmanagement:Owner><rightsmanagement:ReplyAllowed>1</rightsmanagement:ReplyAllowed>
      <rightsmanagement:ForwardAllowed>0</rightsmanagement:ForwardAllowed>
      <rightsmanagement:TemplateName>Vertraulich</rightsmanagement:TemplateName>
      <rightsmanagement:ContentExpiryDate>9999-12-30T23:59:59.999Z</rightsmanagement:ContentExpiryDate>
    </rightsmanagement:RightsManagementLicense></ApplicationData>`,
  },
];
