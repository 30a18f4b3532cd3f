import type { Example } from "./notation.ts";

/** Documents of the commands that mail needs, formed after the protocol examples of MS-ASCMD 4 and MS-ASPROV 4. */
export const mailDocuments: readonly Example[] = [
  {
    title: "FolderSync, the first request (MS-ASCMD 4.2.1)",
    namespace: "FolderHierarchy",
    xml: "<FolderSync><SyncKey>0</SyncKey></FolderSync>",
  },
  {
    title: "FolderSync, an answer with three changes (4.2.1.2)",
    namespace: "FolderHierarchy",
    xml: `<FolderSync>
      <Status>1</Status>
      <SyncKey>1</SyncKey>
      <Changes>
        <Count>3</Count>
        <Update><ServerId>3</ServerId><ParentId>0</ParentId><DisplayName>Projekte</DisplayName><Type>12</Type></Update>
        <Delete><ServerId>4</ServerId></Delete>
        <Add><ServerId>7</ServerId><ParentId>0</ParentId><DisplayName>Inbox</DisplayName><Type>2</Type></Add>
      </Changes>
    </FolderSync>`,
  },
  {
    title: "FolderCreate, request",
    namespace: "FolderHierarchy",
    xml: `<FolderCreate>
      <SyncKey>3</SyncKey><ParentId>5</ParentId><DisplayName>Neu &amp; alt</DisplayName><Type>12</Type>
    </FolderCreate>`,
  },
  {
    title: "FolderUpdate, answer",
    namespace: "FolderHierarchy",
    xml: "<FolderUpdate><Status>1</Status><SyncKey>4</SyncKey></FolderUpdate>",
  },
  {
    title: "Sync, the first request of a collection (4.5.1)",
    namespace: "AirSync",
    xml: `<Sync><Collections><Collection>
      <SyncKey>0</SyncKey><CollectionId>7</CollectionId>
      <Options>
        <FilterType>3</FilterType><MIMESupport>0</MIMESupport>
        <airsyncbase:BodyPreference>
          <airsyncbase:Type>2</airsyncbase:Type>
          <airsyncbase:TruncationSize>5120</airsyncbase:TruncationSize>
        </airsyncbase:BodyPreference>
      </Options>
    </Collection></Collections></Sync>`,
  },
  {
    title: "Sync, an added message (4.5.2)",
    namespace: "AirSync",
    xml: `<Sync><Collections><Collection>
      <SyncKey>1938201</SyncKey><CollectionId>7</CollectionId><Status>1</Status>
      <Commands><Add>
        <ServerId>7:1</ServerId>
        <ApplicationData>
          <email:To>"Anat Kerry" &lt;anat@example.test&gt;</email:To>
          <email:From>"Çağla Öz" &lt;cagla@example.test&gt;</email:From>
          <email:Subject>Bütçe 2027</email:Subject>
          <email:DateReceived>2026-11-20T20:36:07.530Z</email:DateReceived>
          <email:DisplayTo>Anat Kerry</email:DisplayTo>
          <email:ThreadTopic>Bütçe 2027</email:ThreadTopic>
          <email:Importance>1</email:Importance>
          <email:Read>0</email:Read>
          <airsyncbase:Body>
            <airsyncbase:Type>2</airsyncbase:Type>
            <airsyncbase:EstimatedDataSize>116575</airsyncbase:EstimatedDataSize>
            <airsyncbase:Truncated>1</airsyncbase:Truncated>
            <airsyncbase:Data>&lt;p&gt;Merhaba&lt;/p&gt;</airsyncbase:Data>
          </airsyncbase:Body>
          <email:MessageClass>IPM.Note</email:MessageClass>
          <email:InternetCPID>65001</email:InternetCPID>
          <email:Flag />
          <email:ContentClass>urn:content-classes:message</email:ContentClass>
          <airsyncbase:NativeBodyType>2</airsyncbase:NativeBodyType>
          <email2:ConversationId>{b2a1f0c3d4e5f60718293a4b5c6d7e8f}</email2:ConversationId>
          <email2:ConversationIndex>{01cdc56f20}</email2:ConversationIndex>
          <email:Categories><email:Category>Haushalt</email:Category><email:Category>Eilt</email:Category></email:Categories>
        </ApplicationData>
      </Add></Commands>
    </Collection></Collections></Sync>`,
  },
  {
    title: "Sync, both directions and MoreAvailable",
    namespace: "AirSync",
    xml: `<Sync><Collections><Collection>
      <SyncKey>2</SyncKey><CollectionId>7</CollectionId><Status>1</Status><MoreAvailable />
      <Responses>
        <Add><ClientId>c-1</ClientId><ServerId>7:9</ServerId><Status>1</Status></Add>
        <Change><ServerId>7:2</ServerId><Status>7</Status></Change>
        <Fetch><ServerId>7:3</ServerId><Status>8</Status></Fetch>
      </Responses>
      <Commands>
        <Change><ServerId>7:4</ServerId><ApplicationData><email:Read>1</email:Read></ApplicationData></Change>
        <Delete><ServerId>7:5</ServerId></Delete>
        <SoftDelete><ServerId>7:6</ServerId></SoftDelete>
      </Commands>
    </Collection></Collections></Sync>`,
  },
  {
    title: "Sync, the limit of collections (status 15)",
    namespace: "AirSync",
    xml: "<Sync><Status>15</Status><Limit>300</Limit></Sync>",
  },
  {
    title: "Ping, request (4.9)",
    namespace: "Ping",
    xml: `<Ping>
      <HeartbeatInterval>80</HeartbeatInterval>
      <Folders>
        <Folder><Id>5</Id><Class>Email</Class></Folder>
        <Folder><Id>9</Id><Class>Calendar</Class></Folder>
      </Folders>
    </Ping>`,
  },
  {
    title: "Ping, answer with changes (4.9.2)",
    namespace: "Ping",
    xml: "<Ping><Status>2</Status><Folders><Folder>1234</Folder><Folder>5678</Folder></Folders></Ping>",
  },
  {
    title: "Ping, heartbeat out of bounds (4.9.3)",
    namespace: "Ping",
    xml: "<Ping><Status>5</Status><HeartbeatInterval>60</HeartbeatInterval></Ping>",
  },
  {
    title: "Provision, phase one with device information (MS-ASPROV 4.1)",
    namespace: "Provision",
    xml: `<Provision>
      <settings:DeviceInformation><settings:Set>
        <settings:Model>Desktop</settings:Model>
        <settings:FriendlyName>Schreibtisch</settings:FriendlyName>
        <settings:OS>Debian 12</settings:OS>
        <settings:UserAgent>BulkheadMail</settings:UserAgent>
      </settings:Set></settings:DeviceInformation>
      <Policies><Policy><PolicyType>MS-EAS-Provisioning-WBXML</PolicyType></Policy></Policies>
    </Provision>`,
  },
  {
    title: "Provision, phase one, the policy (MS-ASPROV 4.1)",
    namespace: "Provision",
    xml: `<Provision>
      <settings:DeviceInformation><settings:Status>1</settings:Status></settings:DeviceInformation>
      <Status>1</Status>
      <Policies><Policy>
        <PolicyType>MS-EAS-Provisioning-WBXML</PolicyType><Status>1</Status><PolicyKey>1307199584</PolicyKey>
        <Data><EASProvisionDoc>
          <DevicePasswordEnabled>1</DevicePasswordEnabled>
          <AlphanumericDevicePasswordRequired>0</AlphanumericDevicePasswordRequired>
          <MinDevicePasswordLength>4</MinDevicePasswordLength>
          <MaxInactivityTimeDeviceLock>900</MaxInactivityTimeDeviceLock>
          <MaxAttachmentSize />
          <UnapprovedInROMApplicationList><ApplicationName>a.exe</ApplicationName></UnapprovedInROMApplicationList>
          <ApprovedApplicationList><Hash>EDBC==</Hash></ApprovedApplicationList>
        </EASProvisionDoc></Data>
      </Policy></Policies>
    </Provision>`,
  },
  {
    title: "Provision, the order to wipe (MS-ASPROV 4.2)",
    namespace: "Provision",
    xml: "<Provision><Status>1</Status><RemoteWipe /></Provision>",
  },
  {
    title: "Provision, the account's wipe acknowledged (16.1)",
    namespace: "Provision",
    xml: "<Provision><AccountOnlyRemoteWipe><Status>1</Status></AccountOnlyRemoteWipe></Provision>",
  },
  {
    title: "ItemOperations, a message as MIME (4.14)",
    namespace: "ItemOperations",
    xml: `<ItemOperations><Fetch>
      <Store>Mailbox</Store>
      <airsync:CollectionId>7</airsync:CollectionId><airsync:ServerId>7:1</airsync:ServerId>
      <Options>
        <airsync:MIMESupport>2</airsync:MIMESupport>
        <airsyncbase:BodyPreference><airsyncbase:Type>4</airsyncbase:Type></airsyncbase:BodyPreference>
      </Options>
    </Fetch></ItemOperations>`,
  },
  {
    title: "ItemOperations, an attachment arrives",
    namespace: "ItemOperations",
    xml: `<ItemOperations><Status>1</Status><Response><Fetch>
      <Status>1</Status><airsyncbase:FileReference>7%3a1%3a0</airsyncbase:FileReference>
      <Properties>
        <airsyncbase:ContentType>application/pdf</airsyncbase:ContentType>
        <Range>0-10</Range><Total>11</Total><Data>{2550444629312e3400ff0a}</Data>
      </Properties>
    </Fetch></Response></ItemOperations>`,
  },
  {
    title: "SendMail (4.6)",
    namespace: "ComposeMail",
    xml: `<SendMail>
      <ClientId>8ACC9E2E-41F4-4E9C-9C4A</ClientId><SaveInSentItems />
      <Mime>{46726f6d3a20610d0a0d0a68690d0a}</Mime>
    </SendMail>`,
  },
  {
    title: "SmartReply with the whole message (4.8)",
    namespace: "ComposeMail",
    xml: `<SmartReply>
      <ClientId>c-2</ClientId>
      <Source><FolderId>7</FolderId><ItemId>7:1</ItemId></Source>
      <SaveInSentItems /><ReplaceMime /><Mime>{0d0a}</Mime>
    </SmartReply>`,
  },
  {
    title: "SmartForward of an occurrence to named people (16.0)",
    namespace: "ComposeMail",
    xml: `<SmartForward>
      <ClientId>c-3</ClientId>
      <Source><FolderId>7</FolderId><ItemId>7:1</ItemId><InstanceId>2026-11-24T09:00:00.000Z</InstanceId></Source>
      <SaveInSentItems />
      <Forwardees><Forwardee>
        <ForwardeeEmail>ann@example.test</ForwardeeEmail><ForwardeeName>Ann</ForwardeeName>
      </Forwardee></Forwardees>
    </SmartForward>`,
  },
  {
    title: "MoveItems, request (4.17)",
    namespace: "Move",
    xml: "<MoveItems><Move><SrcMsgId>7:1</SrcMsgId><SrcFldId>7</SrcFldId><DstFldId>3</DstFldId></Move></MoveItems>",
  },
  {
    title: "MoveItems, answer (4.17)",
    namespace: "Move",
    xml: "<MoveItems><Response><SrcMsgId>7:1</SrcMsgId><Status>3</Status><DstMsgId>3:1</DstMsgId></Response></MoveItems>",
  },
];
