import type { Person } from "../mail/message.ts";

export interface Colleague extends Person {
  readonly given: string;
  readonly department: string;
  readonly title: string;
}

/** Domains that can never belong to anybody (RFC 2606). */
export const DOMAIN = "halden.example";
export const COMPANY = "Halden Instruments";

const STAFF = `
Ingrid Solberg|Management|Managing Director
Tomasz Żółkiewski|Engineering|Lead Engineer
Zoë Lefèvre|Marketing|Head of Communications
Søren Østergaard|Operations|Plant Manager
Małgorzata Wiśniewska|Finance|Controller
Jürgen Weiß|Engineering|Firmware Engineer
Renée Dubois|Sales|Key Account Manager
José Ángel Muñoz|Sales|Regional Manager
Aoife Ní Bhriain|People|People Partner
Çağla Yıldız|Operations|Supply Planner
Nguyễn Thị Hương|Engineering|Test Engineer
Дмитрий Орлов|Engineering|Software Engineer|dmitry.orlov
Наталья Белова|Support|Support Engineer|natalia.belova
Ελένη Παπαδοπούλου|Legal|Counsel|eleni.papadopoulou
Γιώργος Νικολάου|Operations|Logistics|giorgos.nikolaou
ليلى حداد|Marketing|Designer|layla.haddad
יעל כהן|Engineering|Product Manager|yael.cohen
田中 美咲|Sales|Account Manager|misaki.tanaka
佐藤 健|Support|Field Engineer|ken.sato
王小明|Operations|Quality Engineer|xiaoming.wang
김서연|Engineering|Data Analyst|seoyeon.kim
Oliver Grant|IT|System Administrator
Priya Raman|Engineering|Engineering Manager
Hannah Brooks|Finance|Accounts Payable
Marcus Bell|Sales|Sales Engineer
Chloe Whitfield|People|Recruiter
Daniel Okafor|Support|Head of Support
Sofia Almeida|Legal|Contracts Manager
Viktor Hansen|IT|Security Officer
Emily Carver|Marketing|Content Editor
Rahul Mehta|Engineering|Systems Architect
Grace Mwangi|Operations|Warehouse Lead
`;

const plainLetters: Readonly<Record<string, string>> = { ø: "o", ł: "l", ß: "ss", æ: "ae", ı: "i", đ: "d" };

function localPart(name: string): string {
  return name
    .toLowerCase()
    .replace(/[øłßæıđ]/g, (letter) => plainLetters[letter] ?? letter)
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .trim()
    .replace(/[^a-z]+/g, ".");
}

export const COLLEAGUES: readonly Colleague[] = STAFF.trim()
  .split("\n")
  .map((line) => {
    const [name = "", department = "", title = "", local = localPart(name)] = line.split("|");
    const given = /^[\p{sc=Han}\p{sc=Hangul}]/u.test(name) ? name : (name.split(" ")[0] ?? name);
    return { name, email: `${local}@${DOMAIN}`, given, department, title };
  });

export const PROJECTS: readonly string[] = ["Fjord", "Lighthouse", "Meridian", "Cobalt", "Juniper"];

export const CUSTOMERS: readonly {
  readonly name: string;
  readonly domain: string;
  readonly contact: Person;
}[] = [
  ["Northgate Labs", "northgate-labs.example", "Helen Marsh", "helen.marsh"],
  ["Brightwater Utilities", "brightwater.example", "Peter Novák", "peter.novak"],
  ["Aurelia Pharma", "aurelia-pharma.example", "Dr. Carla Rossi", "carla.rossi"],
  ["Kestrel Aviation", "kestrel-aviation.example", "James Holloway", "james.holloway"],
  ["Port of Lindhaven", "lindhaven-port.example", "Anneke de Vries", "anneke.devries"],
  ["Sundal Energi", "sundal-energi.example", "Knut Åsen", "knut.asen"],
].map(([name = "", domain = "", contact = "", local = ""]) => ({
  name,
  domain,
  contact: { name: contact, email: `${local}@${domain}` },
}));
