import { describe, expect, it } from "vitest";
import { readComposeStatus } from "../../../../electron/protocol/eas/commands/compose-mail.ts";
import { readPing } from "../../../../electron/protocol/eas/commands/ping.ts";
import { readProvision } from "../../../../electron/protocol/eas/commands/provision.ts";
import { tree, xml } from "./notation.ts";

describe("Ping answers (MS-ASCMD 2.2.1.13, schema 6.35)", () => {
  const read = (inner: string) => readPing(tree(xml("Ping", `<Ping>${inner}</Ping>`)));
  const silent = { collectionIds: [], heartbeatSeconds: null, maxFolders: null };

  it.each([
    ["1, nothing changed", "<Status>1</Status>", { ...silent, status: 1 }],
    [
      "2, changes in two folders",
      "<Status>2</Status><Folders><Folder>5</Folder><Folder>7</Folder></Folders>",
      { ...silent, status: 2, collectionIds: ["5", "7"] },
    ],
    ["3, parameters missing", "<Status>3</Status>", { ...silent, status: 3 }],
    ["4, syntax", "<Status>4</Status>", { ...silent, status: 4 }],
    [
      "5, a heartbeat the server takes",
      "<Status>5</Status><HeartbeatInterval>60</HeartbeatInterval>",
      { ...silent, status: 5, heartbeatSeconds: 60 },
    ],
    [
      "6, the most folders it watches",
      "<Status>6</Status><MaxFolders>200</MaxFolders>",
      { ...silent, status: 6, maxFolders: 200 },
    ],
    ["7, the hierarchy changed", "<Status>7</Status>", { ...silent, status: 7 }],
    ["8, the server failed", "<Status>8</Status>", { ...silent, status: 8 }],
    ["140, a wipe is waiting", "<Status>140</Status>", { ...silent, status: 140 }],
  ])("%s", (_name, inner, expected) => {
    expect(read(inner)).toEqual(expected);
  });

  it.each([
    ["no status", "<Folders><Folder>5</Folder></Folders>"],
    ["a status in words", "<Status>changes</Status>"],
    ["an empty status", "<Status />"],
    ["a status of another namespace", "<airsync:Status>2</airsync:Status>"],
    ["a fraction", "<Status>2.0</Status>"],
    ["a number of sixteen digits", "<Status>1000000000000000</Status>"],
  ])("%s is status 0", (_name, inner) => {
    expect(read(inner).status).toBe(0);
  });

  it.each([
    ["no Folders", "", []],
    ["an empty Folders", "<Folders></Folders>", []],
    ["a folder without an id", "<Folders><Folder /></Folders>", []],
    ["one with and one without", "<Folders><Folder /><Folder>5</Folder></Folders>", ["5"]],
    ["the form of requests, whose ids are deeper", "<Folders><Folder><Id>5</Id></Folder></Folders>", []],
    ["folders beside their parent", "<Folder>5</Folder>", []],
    ["strangers among them", "<Folders><MaxFolders>1</MaxFolders><Folder>5</Folder></Folders>", ["5"]],
    ["a folder twice", "<Folders><Folder>5</Folder><Folder>5</Folder></Folders>", ["5", "5"]],
  ])("changes with %s", (_name, inner, collectionIds) => {
    expect(read(`<Status>2</Status>${inner}`).collectionIds).toEqual(collectionIds);
  });

  it("bounds that are no numbers are not told", () => {
    expect(
      read("<Status>5</Status><HeartbeatInterval>a minute</HeartbeatInterval>").heartbeatSeconds,
    ).toBeNull();
    expect(read("<Status>6</Status><MaxFolders />").maxFolders).toBeNull();
    expect(read("<Status>5</Status><HeartbeatInterval>-60</HeartbeatInterval>").heartbeatSeconds).toBe(-60);
  });

  it("an answer to another command says nothing", () => {
    const other = xml("Provision", "<Provision><Status>1</Status></Provision>");
    expect(readPing(tree(other))).toEqual({ ...silent, status: 0 });
  });
});

describe("Provision answers (MS-ASPROV 2.2.2, schema 6.2)", () => {
  const read = (inner: string) => readProvision(tree(xml("Provision", `<Provision>${inner}</Provision>`)));
  const policy = (inner: string, type = "MS-EAS-Provisioning-WBXML") =>
    `<Policies><Policy><PolicyType>${type}</PolicyType>${inner}</Policy></Policies>`;

  it.each([
    [
      "the policy with its key",
      `<Status>1</Status>${policy("<Status>1</Status><PolicyKey>1307199584</PolicyKey><Data><EASProvisionDoc /></Data>")}`,
      { status: 1, policyStatus: 1, policyKey: "1307199584", wipe: null },
    ],
    [
      "the final key, without data",
      `<Status>1</Status>${policy("<Status>1</Status><PolicyKey>3942919513</PolicyKey>")}`,
      { status: 1, policyStatus: 1, policyKey: "3942919513", wipe: null },
    ],
    [
      "after 14.1, with the status of the device information first",
      `<settings:DeviceInformation><settings:Status>1</settings:Status></settings:DeviceInformation>
        <Status>1</Status>${policy("<Status>1</Status><PolicyKey>5</PolicyKey>")}`,
      { status: 1, policyStatus: 1, policyKey: "5", wipe: null },
    ],
    [
      "no policy for this user (policy status 2)",
      `<Status>1</Status>${policy("<Status>2</Status>")}`,
      { status: 1, policyStatus: 2, policyKey: null, wipe: null },
    ],
    [
      "an unknown type of policy (policy status 3)",
      `<Status>1</Status>${policy("<Status>3</Status>")}`,
      { status: 1, policyStatus: 3, policyKey: null, wipe: null },
    ],
    [
      "the wrong key acknowledged (policy status 5)",
      `<Status>1</Status>${policy("<Status>5</Status>")}`,
      { status: 1, policyStatus: 5, policyKey: null, wipe: null },
    ],
    [
      "a protocol error",
      "<Status>2</Status>",
      { status: 2, policyStatus: null, policyKey: null, wipe: null },
    ],
    [
      "a server's failure",
      "<Status>3</Status>",
      { status: 3, policyStatus: null, policyKey: null, wipe: null },
    ],
    [
      "a wipe",
      "<Status>1</Status><RemoteWipe />",
      { status: 1, policyStatus: null, policyKey: null, wipe: "device" },
    ],
    [
      "a wipe of the account",
      "<Status>1</Status><AccountOnlyRemoteWipe />",
      { status: 1, policyStatus: null, policyKey: null, wipe: "account" },
    ],
    [
      "a wipe with a policy beside it",
      `<Status>1</Status>${policy("<Status>1</Status><PolicyKey>5</PolicyKey>")}<RemoteWipe />`,
      { status: 1, policyStatus: 1, policyKey: "5", wipe: "device" },
    ],
    [
      "both wipes: the greater one",
      "<Status>1</Status><AccountOnlyRemoteWipe /><RemoteWipe />",
      { status: 1, policyStatus: null, policyKey: null, wipe: "device" },
    ],
    ["nothing", "", { status: 0, policyStatus: null, policyKey: null, wipe: null }],
  ])("%s", (_name, inner, expected) => {
    expect(read(inner)).toEqual(expected);
  });

  it("takes the policy of its type among several", () => {
    const two = `<Status>1</Status><Policies>
      <Policy><PolicyType>MS-WAP-Provisioning-XML</PolicyType><Status>1</Status><PolicyKey>1</PolicyKey></Policy>
      <Policy><PolicyType>MS-EAS-Provisioning-WBXML</PolicyType><Status>1</Status><PolicyKey>2</PolicyKey></Policy>
    </Policies>`;
    expect(read(two).policyKey).toBe("2");
  });

  it("takes the only policy though its type is not named, as some servers leave it out", () => {
    expect(
      read(
        "<Status>1</Status><Policies><Policy><Status>1</Status><PolicyKey>7</PolicyKey></Policy></Policies>",
      ),
    ).toEqual({
      status: 1,
      policyStatus: 1,
      policyKey: "7",
      wipe: null,
    });
  });

  it.each([
    ["0", "0"],
    ["4294967295", "4294967295"],
    [" 12 ", "12"],
    ["", null],
    ["-1", null],
    ["0x10", null],
    ["12a", null],
    ["1 2", null],
    ["12345678901", null],
    ["１２", null],
  ])("the key %j is %j", (key, expected) => {
    expect(
      read(`<Status>1</Status>${policy(`<Status>1</Status><PolicyKey>${key}</PolicyKey>`)}`).policyKey,
    ).toBe(expected);
  });

  it("a key that could break a header is none", () => {
    const key = "1\r\nX-Evil: 1";
    expect(
      read(`<Status>1</Status>${policy(`<Status>1</Status><PolicyKey>${key}</PolicyKey>`)}`).policyKey,
    ).toBeNull();
  });

  it("statuses of other namespaces are not those of the policy", () => {
    expect(read("<settings:Status>1</settings:Status>").status).toBe(0);
    expect(
      read(`<Status>1</Status>${policy("<settings:Status>1</settings:Status>")}`).policyStatus,
    ).toBeNull();
  });
});

describe("answers to SendMail, SmartReply and SmartForward (schemas 6.38, 6.42 and 6.44)", () => {
  const read = (text: string) => readComposeStatus(tree(xml("ComposeMail", text)));

  it.each(["SendMail", "SmartReply", "SmartForward"])(
    "%s: the status is the reason of a failure",
    (command) => {
      for (const status of [101, 107, 113, 115, 116, 118, 119, 120, 121, 150, 166]) {
        expect(read(`<${command}><Status>${status}</Status></${command}>`)).toBe(status);
      }
    },
  );

  it.each(["SendMail", "SmartReply", "SmartForward"])("%s: no status is no failure", (command) => {
    expect(read(`<${command} />`)).toBe(1);
    expect(read(`<${command}><airsync:Status>120</airsync:Status></${command}>`)).toBe(1);
    expect(read(`<${command}><Status>1</Status></${command}>`)).toBe(1);
  });

  it.each(["", "sent", "-1", "1.0", "10000000000"])("a status of %j is not taken for success", (status) => {
    expect(read(`<SendMail><Status>${status}</Status></SendMail>`)).toBe(0);
  });

  it("another command's answer is no success", () => {
    expect(readComposeStatus(tree(xml("AirSync", "<Sync><Status>1</Status></Sync>")))).toBe(0);
    expect(readComposeStatus(tree(xml("Ping", "<Ping />")))).toBe(0);
  });
});
