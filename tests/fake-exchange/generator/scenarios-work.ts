import type { Scenario } from "./scenario.ts";

/** Conversations between departments. `{...}` are filled once for a whole conversation. */
export const WORK_SCENARIOS: readonly Scenario[] = [
  {
    department: "Engineering",
    subject: "{project}: firmware {version} ready for review",
    project: true,
    messages: [
      "Firmware {version} for {project} is on the test bench since this morning. The drift after warm-up is down to {n} ppm, which is inside the specification for the first time.\n\nTwo things I would like a second pair of eyes on: the new calibration routine, and the retry logic when the sensor does not answer. Could you look at them before {day}?",
      "Thanks, that is a good number. I read the calibration part and have one question: what happens when the temperature changes during the second step? If I follow it right, we would keep the old offset.",
      "You are right, it keeps the old offset. I changed it so that the routine starts over when the temperature moves by more than half a degree. The branch is updated.",
      "Looks good to me now. I ran it overnight on three units and saw no restarts. From my side it can go to the pilot customers.",
      "Great. I will prepare the release notes and let support know.",
    ],
    files: ["txt", "pdf"],
  },
  {
    department: "Engineering",
    subject: "Test results, {project} unit {n}",
    project: true,
    messages: [
      "The figures from the climate chamber are below. Unit {n} passed everything except the cold start at -30 °C, where it needed a second attempt.\n\nI suspect the capacitor batch and not the design. The raw data is attached.",
      "I compared it with the units from {month}: same batch, same behaviour. Operations still has about {n} of them in stock, could we block those until we know more?",
      "Blocked in the system just now. Tell me when they can go back or should be returned to the supplier.",
      "The supplier confirmed the problem and will replace the whole batch. New parts arrive on {day}.",
    ],
    table: "measurements",
    files: ["csv", "xlsx"],
  },
  {
    department: "Finance",
    subject: "Budget {quarter}: please check your numbers",
    messages: [
      "The first draft of the {quarter} budget is done. Please check the lines of your department and send me corrections by {day}. Travel and external services are the two lines where we are furthest from last year.\n\nThe summary is below; the workbook with all details is attached.",
      "Thank you. Two corrections from our side: the {project} prototypes (EUR {amount}) belong to development and not to marketing, and the training in {city} has been moved to next year.",
      "Both changed. That brings us about {n} thousand under the frame, so there is some room for the test equipment you asked for.",
      "Perfect, then I will order the climate chamber. The offer is valid until the end of the month.",
    ],
    table: "budget",
    files: ["xlsx"],
  },
  {
    department: "Finance",
    subject: "Invoice {invoice} from {customer}",
    messages: [
      "We received invoice {invoice} from {customer} over EUR {amount}, but I cannot find a purchase order for it. Do you know what it belongs to?",
      "That is the calibration service for {project}. The order was placed by phone in {month}, sorry. I have entered it now, the number is on the attached copy.",
      "Found it, thank you. It will be paid with the run on {day}.",
    ],
    files: ["pdf"],
  },
  {
    department: "Sales",
    subject: "{customer}: questions after the demonstration",
    messages: [
      "The demonstration at {customer} went well, they were impressed by the response time. Three questions came up that I could not answer:\n\n1. Can the device log for more than {n} days without a connection?\n2. Is there a certificate for use in {city}, where their second site is?\n3. What does support look like on weekends?\n\nThey decide on {day}, so an answer this week would help a lot.",
      "On the first one: yes, up to 90 days at one value per minute, and the memory is replaced at every service. On the second I asked the certification people and expect an answer tomorrow.",
      "Weekend support is part of the Plus contract: answer within four hours, a replacement device on the next working day. I attach the current description.",
      "The certificate covers {city} as well. With this we should have everything.",
      "Sent to the customer an hour ago. Thanks everyone for the quick answers!",
    ],
    files: ["pdf", "docx"],
  },
  {
    department: "Sales",
    subject: "Offer for {customer}, second round",
    messages: [
      "{customer} came back with our offer. They accept the devices but find the installation too expensive compared with their own people doing it.\n\nMy proposal: we take EUR {amount} off the installation if they sign for three years of service. Can you live with that?",
      "For three years, yes. Please make sure that travel to {city} is charged separately, that is where we lost money last time.",
      "Agreed, travel is a line of its own now. The new version is attached, I would like to send it on {day}.",
      "One small thing on page {page}: the warranty starts with delivery and not with installation. Otherwise fine from the legal side.",
    ],
    files: ["docx", "pdf"],
  },
  {
    department: "Operations",
    subject: "Delivery delay: housings for {project}",
    project: true,
    messages: [
      "The housings for {project} are stuck in customs in {city}. The carrier now says {day}, which is a week later than planned.\n\nWe have enough for {n} devices. After that the line stops unless we change the order of production.",
      "Could we build the units for {customer} first? They are the only ones with a penalty in the contract.",
      "Yes, that works. {n} units for {customer} first, the rest when the housings are here. I will change the plan this afternoon.",
      "Customs released them this morning. The truck should be here tomorrow before noon.",
    ],
    files: ["csv"],
  },
  {
    department: "Operations",
    subject: "Stock count on {day}",
    messages: [
      "The stock count takes place on {day}, starting at 7:00. Goods in and goods out are closed until about 15:00.\n\nPlease book everything that you have taken by the evening before, and return borrowed test devices to the cage. The list of what is still out is attached.",
      "I have two devices of the list at home for the {project} tests. Is it enough when I send you the serial numbers and a photo?",
      "Yes, numbers and a photo are fine.",
    ],
    files: ["xlsx", "jpg"],
  },
  {
    department: "Support",
    subject: "{customer}: device {serial} reports no values",
    messages: [
      "{customer} reports that device {serial} has sent no values since last night. The status page shows it as connected, so it is probably not the network.\n\nI asked for the log and will forward it when it is here. Has anybody seen this before?",
      "We had it once in {month}: the storage was full because the clean-up did not run. A restart helps for a day, the update to {version} helps for good.",
      "That was it, thank you. The storage was at 99 %. They restarted the device and will install {version} on {day}.",
      "Updated and stable since then. I close the ticket.",
    ],
    files: ["txt", "png"],
  },
  {
    department: "Legal",
    subject: "Contract with {customer}: comments",
    messages: [
      "I went through the contract of {customer}. Most of it is their usual text and acceptable. Three points need a decision from you:\n\n- Section {page}: unlimited liability for data loss. I would cap it at the annual fee.\n- Section 11: they want to audit us on five days' notice. I suggest thirty.\n- The annex refers to a version of our terms that we withdrew in {month}.\n\nMy marked copy is attached.",
      "I agree with all three. On the audit, fourteen days would be fine for us as well if they insist.",
      "They accepted the cap and fourteen days. I am sending the final version for signature on {day}.",
    ],
    files: ["docx"],
  },
  {
    department: "Engineering",
    subject: "Notes from the {project} meeting",
    project: true,
    messages: [
      "Short notes from today's meeting:\n\n- The enclosure is final, drawings are released.\n- The display needs another round: contrast in sunlight is not good enough.\n- {customer} gets {n} pilot units, delivery on {day}.\n- Open: who writes the quick start guide?\n\nPlease tell me if something is missing.",
      "One addition: we also said that the pilot units get the old display, so that the date holds.",
      "I can write the guide. A first draft will be ready by {day}.",
      "Thank you both, I added it to the notes.",
    ],
    files: [],
  },
  {
    department: "IT",
    subject: "Moving the file server on {day}",
    messages: [
      "On {day} from 18:00 we move the shared folders to the new storage. Until about 22:00 they can be read but not changed.\n\nPlease close open documents before. If you run measurements that write to the shared folder overnight, tell me and we will find a way.",
      "Our endurance test for {project} writes there every ten minutes. Could it write to the local disk for one night?",
      "Yes, set the path in the settings and copy the files on the next morning. I will send you the details.",
      "It worked without a gap. Thanks for thinking of it!",
    ],
    files: ["txt"],
  },
];
