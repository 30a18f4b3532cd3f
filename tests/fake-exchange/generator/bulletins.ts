import { escapeHtml } from "../mail/convert.ts";
import type { Person } from "../mail/message.ts";
import type { Dice } from "./random.ts";
import { type Facts, fill } from "./scenario.ts";

/** Mail that no person wrote for one reader: newsletters and notices. */
interface Bulletin {
  readonly from: Person;
  readonly subject: string;
  readonly text: string;
  readonly html: string | null;
}

interface Paper {
  readonly name: string;
  readonly host: string;
  readonly colour: string;
  readonly stories: readonly (readonly [title: string, teaser: string])[];
}

const NEWSLETTERS: readonly Paper[] = [
  {
    name: "Sensor Weekly",
    host: "sensorweekly.example",
    colour: "#0b6e6e",
    stories: [
      ["Measuring in the deep cold", "What a winter at a polar station taught one team about connectors."],
      ["Five habits of calm calibration", "Small routines that save a second visit to the site."],
      ["Radio or cable?", "A plant in the north switched half of its probes and shares the figures."],
      ["Reader's question: drift after storms", "Why grounding is the first thing to look at."],
      ["From the archive", "The first portable meter weighed eleven kilograms and needed a wagon."],
    ],
  },
  {
    name: "The Harbour Kitchen",
    host: "harbourkitchen.example",
    colour: "#a4512a",
    stories: [
      ["This week's lunch", "Lentil soup, baked trout, mushroom risotto, and the apple cake is back."],
      ["New opening hours", "We now open at 7:30, so breakfast before the first meeting is possible."],
      ["Vegetables from Halden", "Our carrots come from a farm four kilometres away. Ask for a visit!"],
      ["Cooking evening", "Learn to fold dumplings with Mei on the last Thursday of the month."],
    ],
  },
  {
    name: "Rail & Road Travel Club",
    host: "railroadclub.example",
    colour: "#29508c",
    stories: [
      ["Night trains are growing", "Three new connections from spring on, with bicycles on board."],
      ["Points for meetings by train", "Collect twice as many until the end of the month."],
      ["A weekend in Bergen", "Seven hills, one funicular, and where to find the best cinnamon buns."],
      ["Packing light", "Our editor travelled for nine days with one small bag."],
    ],
  },
];

function newsletter(dice: Dice): Bulletin {
  const { name, host, colour, stories } = dice.pick(NEWSLETTERS);
  const issue = dice.int(40, 420);
  const chosen = dice.several(stories, 3);
  const lead = chosen[0]?.[0] ?? name;
  const rows = chosen.map(
    ([title, teaser], at) => `
    <tr><td width="140" valign="top" style="padding:12px 0"><img src="https://images.${host}/issue/${issue}/${at + 1}.jpg" width="120" height="80" alt=""></td>
    <td valign="top" style="padding:12px 0"><h2 style="margin:0;font-size:17px;color:${colour}">${escapeHtml(title)}</h2>
    <p style="margin:6px 0;color:#444">${escapeHtml(teaser)}</p><a href="https://www.${host}/issue/${issue}/${at + 1}" style="color:${colour}">Read on</a></td></tr>`,
  );
  return {
    from: { name, email: `news@${host}` },
    subject: `${name} ${issue}: ${lead}`,
    text: `${name}, issue ${issue}\n\n${chosen.map(([title, teaser]) => `* ${title}\n  ${teaser}`).join("\n\n")}\n\nhttps://www.${host}/issue/${issue}`,
    html: `<html><head><style>body{margin:0;background:#f2f2f0}a{text-decoration:none}</style></head><body>
  <table width="100%" cellpadding="0" cellspacing="0" style="background:#f2f2f0"><tr><td align="center">
  <table width="600" cellpadding="0" cellspacing="0" style="background:#ffffff;font-family:Georgia,serif">
    <tr><td colspan="2" style="background:${colour};padding:18px 24px;color:#ffffff;font-size:26px">${escapeHtml(name)} <span style="font-size:13px">Issue ${issue}</span></td></tr>
    <tr><td style="padding:0 24px"><table width="100%">${rows.join("")}
    </table></td></tr>
    <tr><td style="padding:18px 24px;font-size:12px;color:#888">You receive this because you subscribed. <a href="https://www.${host}/leave">Unsubscribe</a>
    <img src="https://count.${host}/open.gif?issue=${issue}&amp;reader=${dice.int(100000, 999999)}" width="1" height="1" alt=""></td></tr>
  </table></td></tr></table></body></html>`,
  };
}

const NOTICES = [
  [
    "Build system",
    "build",
    "Build #{n} of {project} {version} finished",
    "Build #{n} of {project} {version} finished.\n\nResult: success\nTests: 1{n}4 passed, 0 failed\nDuration: {page} min 12 s",
  ],
  [
    "Build system",
    "build",
    "Build #{n} of {project} {version} FAILED",
    "Build #{n} of {project} {version} failed.\n\nFirst error:\n    test_cold_start: expected a value within 500 ms, got none\n\nThe full log is on the build server.",
  ],
  [
    "Backup",
    "backup",
    "Backup report: completed with no errors",
    "Volumes: 14\nFiles copied: 1{n},208\nDuration: 1 h {n} min\nNext run: tonight, 23:00",
  ],
  [
    "Travel desk",
    "travel",
    "Your booking to {city} is confirmed",
    "Your booking is confirmed.\n\nDestination: {city}\nDeparture: {day}, 7:42\nReference: {serial}\n\nPlease keep your receipts for the expense report.",
  ],
  [
    "Printer 2nd floor",
    "printer-2",
    "Toner low",
    "The black toner of this printer is at {page} %.\nA replacement has been ordered.",
  ],
  [
    "Ticket system",
    "tickets",
    "[{serial}] New comment on your ticket",
    "A new comment was added to your ticket {serial} ({customer}):\n\n    We replaced the cable on {day}. Values are back since 14:20.\n\nPlease do not answer this message.",
  ],
  [
    "Time tracking",
    "time",
    "Reminder: your hours of last week",
    "Some of your hours of last week are not booked yet. Please add them by {day}, 12:00.",
  ],
  [
    "Security team",
    "security",
    "Sign-in from a new device",
    "Your account was used on a new device.\n\nPlace: {city}\nDevice: laptop\n\nIf this was you, there is nothing to do. If not, please call the service desk at once.",
  ],
] as const;

function notice(dice: Dice, facts: Facts): Bulletin {
  const [name, local, subject, text] = dice.pick(NOTICES);
  return {
    from: { name, email: `${local}@halden.example` },
    subject: fill(subject, facts),
    text: fill(text, facts),
    html: null,
  };
}

const JUNK = [
  [
    "Prize Department",
    "You have been selected",
    "Dear customer,\n\nyour address has been selected for our main prize. To receive it, answer with your full name and telephone number within 24 hours.",
  ],
  [
    "Web Ranking Experts",
    "Your website on page one, guaranteed",
    "Hello,\n\nI looked at your website and found {n} problems. For EUR {amount} we fix all of them within a week.",
  ],
  [
    "Parcel Service",
    "Your parcel could not be delivered",
    "Your parcel {invoice} is waiting. Pay the open fee of 1.99 to have it delivered again.",
  ],
] as const;

export function junk(dice: Dice, facts: Facts): Bulletin {
  const [name, subject, text] = dice.pick(JUNK);
  return {
    from: { name, email: `contact${dice.int(10, 99)}@${name.toLowerCase().replace(/\W+/g, "-")}.example` },
    subject,
    text: fill(text, facts),
    html: null,
  };
}

export function bulletin(dice: Dice, facts: Facts): Bulletin {
  return dice.chance(0.4) ? newsletter(dice) : notice(dice, facts);
}
